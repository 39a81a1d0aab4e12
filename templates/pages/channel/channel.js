// Chapters and times in a description move the film where it is, and the chapter that plays is marked.
"use strict";

const film = document.getElementById("film");
const chapters = [...document.querySelectorAll(".chapters a[data-seek]")];

function marked() {
  const now = chapters.findLast((each) => Number(each.dataset.seek) <= film.currentTime + 0.25);
  for (const each of chapters) {
    if (each === now) {
      each.setAttribute("aria-current", "true");
    } else {
      each.removeAttribute("aria-current");
    }
  }
}

if (film) {
  for (const link of document.querySelectorAll("a[data-seek]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      film.currentTime = Number(link.dataset.seek);
      film.play().catch(() => {});
      film.scrollIntoView({ block: "nearest" });
    });
  }
  film.addEventListener("timeupdate", marked);
  film.addEventListener("seeked", marked);
}
