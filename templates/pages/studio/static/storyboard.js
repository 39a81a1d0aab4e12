// Sentences are heard at a click; a marked word goes into the form that mends it; a picture is changed in its place.
import { ask } from "./studio.js";
import { hear, play, stop } from "./listen.js";

const board = document.querySelector(".board");
const at = `/works/${board.dataset.slug}/${board.dataset.number}`;

board.addEventListener("click", (event) => {
  const button = event.target.closest("[data-hear]");
  if (!button) return;
  if (button.getAttribute("aria-pressed")) stop();
  else if (button.dataset.clip) play([button.dataset.clip], button);
  else hear(`${at}/passages/${button.dataset.hear}/hear`, button);
});

board.addEventListener("change", async (event) => {
  const input = event.target;
  const file = input.dataset?.picture && input.files[0];
  if (!file) return;
  input.disabled = true;
  const told = await ask(`${at}/picture?line=${input.dataset.picture}&name=${encodeURIComponent(file.name)}`, {
    method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" },
  });
  input.disabled = false;
  if (told) location.href = told.next;
});
