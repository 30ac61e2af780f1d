// The live preview: loads the page again when something new can be shown, and shows what is wrong until it is mended.
(function () {
  "use strict";
  var shown = document.currentScript.dataset.version;
  var id = "xinyong-preview-problems";
  var source = null;

  function banner(state) {
    var old = document.getElementById(id);
    if (old) old.remove();
    if (!state.problems) return;
    var box = document.createElement("section");
    box.id = id;
    box.setAttribute("role", "alert");
    var hide = document.createElement("button");
    hide.type = "button";
    hide.textContent = state.hide;
    hide.addEventListener("click", function () { box.remove(); });
    var title = document.createElement("p");
    title.textContent = state.title;
    var text = document.createElement("pre");
    text.tabIndex = 0;
    text.textContent = state.problems;
    box.append(hide, title, text);
    document.body.append(box);
  }

  function listen() {
    if (source) return;
    source = new EventSource("/-/preview/events");
    source.onmessage = function (event) {
      var state = JSON.parse(event.data);
      if (state.version !== shown) location.reload();
      else banner(state);
    };
  }

  function stop() {
    if (source) source.close();
    source = null;
  }

  // A tab that nobody sees holds no connection: a browser opens only six to one host.
  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "visible") listen(); else stop();
  });
  addEventListener("pagehide", stop);
  if (document.visibilityState === "visible") listen();
})();
