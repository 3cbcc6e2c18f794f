// Sets the chosen theme before the first paint, so that no page flashes. It is
// the one script that is not deferred. The button is made in demarc.js.
(function () {
  "use strict";
  try {
    var theme = localStorage.getItem("demarc:theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (denied) { /* then the system decides */ }
})();
