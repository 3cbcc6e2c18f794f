// In a page with frames <iframe data-demarc src="….embed.html">: keeps each as
// high as what it shows. A message counts only if it comes from such a frame,
// and can do no more than set its height, within limits, and scroll to a place
// in it.
(() => {
  "use strict";
  const LEAST = 50, MOST = 200000; // px
  const clamp = (n, least, most) => Math.min(Math.max(n, least), most);
  window.addEventListener("message", (event) => {
    const data = event.data;
    if (!data || data.demarc !== "embed" || !Number.isFinite(data.height)) return;
    const frame = [...document.querySelectorAll("iframe[data-demarc]")].find((f) => f.contentWindow === event.source);
    if (!frame) return;
    frame.style.height = clamp(data.height, LEAST, MOST) + "px";
    if (Number.isFinite(data.top)) {
      const top = frame.getBoundingClientRect().top + window.scrollY;
      window.scrollTo({ top: top + clamp(data.top, 0, MOST) });
    }
  });
})();
