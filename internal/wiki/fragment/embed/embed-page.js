// In a page that is embedded: tells the page around it how high this one is,
// whenever that changes, and where a link within it leads, as a frame without
// scroll bars cannot scroll by itself. It tells nothing else, and listens to
// nobody.
(() => {
  "use strict";
  if (window.parent === window) return;
  const tell = (message) => window.parent.postMessage({ demarc: "embed", ...message }, "*");
  // The body, as the document is never less high than the frame.
  const height = () => Math.ceil(document.body.getBoundingClientRect().height);
  const resized = () => tell({ height: height() });
  new ResizeObserver(resized).observe(document.body);
  window.addEventListener("load", resized);
  window.addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) tell({ height: height(), top: Math.floor(target.getBoundingClientRect().top + window.scrollY) });
  });
})();
