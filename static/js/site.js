/* Small comforts. Every page works without them. */
"use strict";

/* A form is sent once: a second press of the button does nothing until the page answers. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = event.submitter || form.querySelector("[type=submit]");
  if (button) button.setAttribute("aria-disabled", "true");
  setTimeout(() => release(form), 15000);
});

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[type=submit][aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}

/* Back to a page kept by the browser: its forms may be sent again. */
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
});

/* The summary of errors is the first thing read after a refusal. */
document.querySelectorAll("[data-focus]").forEach((element) => element.focus());

/* A switched off act stays where it is: its reasons stand next to it. */
document.addEventListener("click", (event) => {
  if (event.target.closest("button[type=button][aria-disabled=true]")) event.preventDefault();
});

/* A drop zone says that it sees the file, and what it has taken. */
document.querySelectorAll("[data-drop]").forEach((zone) => {
  const input = zone.querySelector("input[type=file]:not([data-camera])");
  const camera = zone.querySelector("[data-camera]");
  const hint = zone.querySelector(".drop-hint");
  if (!input) return;
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("is-over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("is-over");
    if (!event.dataTransfer.files.length) return;
    take(event.dataTransfer.files);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => {
    const total = Array.from(input.files).reduce((sum, file) => sum + file.size, 0);
    const size = total < 1048576 ? Math.ceil(total / 1024) + "\u00a0КБ" : (total / 1048576).toFixed(1).replace(".", ",") + "\u00a0МБ";
    if (hint) hint.textContent = input.files.length ? "Выбрано, " + size : "или перетащите файл сюда";
    if (hint) hint.classList.toggle("is-told", input.files.length > 0);
    if (input.multiple) list();
  });
  /* A shot of the camera joins what is chosen already, so that several can be taken one after another. */
  if (camera) {
    camera.addEventListener("change", () => {
      if (!camera.files.length) return;
      take([...input.files, ...camera.files]);
      camera.value = "";
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  function take(files) {
    const all = new DataTransfer();
    Array.from(files).slice(0, input.multiple ? files.length : 1).forEach((file) => all.items.add(file));
    input.files = all.files;
  }

  function list() {
    const shown = zone.querySelector(".chosen") || zone.appendChild(document.createElement("ul"));
    shown.className = "chosen";
    shown.replaceChildren(...Array.from(input.files).map(line));
  }

  function line(file) {
    const row = document.createElement("li");
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "btn btn-link";
    drop.textContent = "Не прикладывать";
    drop.setAttribute("aria-label", "Не прикладывать: " + file.name);
    drop.addEventListener("click", () => {
      take(Array.from(input.files).filter((one) => one !== file));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    row.append(file.name, drop);
    return row;
  }
});

/* The talk has moved to a page of its own: an old link with its mark is led there. */
const moved = location.hash === "#thread" && document.querySelector("#thread[data-moved]");
if (moved) location.replace(moved.dataset.moved);

/* «Ещё» closes by Escape and by a press next to it. */
document.addEventListener("keydown", (event) => {
  const open = document.querySelector("details.more[open]");
  if (event.key !== "Escape" || !open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  const open = document.querySelector("details.more[open]");
  if (open && !open.contains(event.target)) open.open = false;
});

/* One press ticks the boxes of a page without asking for it again; the bar says how many there are. */
const boxes = () => document.querySelectorAll("input[form=bulk][name=one]");
function count() {
  const lead = document.querySelector("[data-ticked]");
  const number = Array.from(boxes()).filter((box) => box.checked).length;
  if (lead) lead.textContent = number ? "Отмечено: " + number : "С отмеченными";
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-tick]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const all = link.dataset.tick === "all";
  boxes().forEach((box) => (box.checked = all));
  link.dataset.tick = all ? "none" : "all";
  [link.textContent, link.dataset.other] = [link.dataset.other, link.textContent];
  count();
});
document.addEventListener("change", (event) => event.target.matches("input[form=bulk]") && count());
count();

/* Choosing pairs: the same choice stands in the table and in the card of a mentee; how many are chosen is counted. */
document.querySelectorAll("form[data-choosing]").forEach((form) => {
  const show = () => {
    const names = new Set();
    form.querySelectorAll("input[type=radio]").forEach((radio) => names.add(radio.name));
    let chosen = 0;
    names.forEach((name) => {
      const picked = form.querySelector('input[name="' + name + '"]:checked');
      const value = picked ? picked.value : "";
      if (value) chosen += 1;
      form.querySelectorAll('input[name="' + name + '"]').forEach((radio) => {
        radio.closest("label").classList.toggle("is-chosen", radio.value === value);
      });
    });
    const count = form.querySelector("[data-chosen]");
    if (count) count.textContent = chosen;
  };
  form.addEventListener("change", (event) => {
    const said = form.querySelector("[data-suggested]");
    if (said && event.target.type === "radio") said.remove();
    show();
  });
  show();
});

/* «?» opens the word of the glossary where it stands; a second press closes it. */
document.addEventListener("click", async (event) => {
  const mark = event.target.closest("a[data-term]");
  if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const room = mark.closest("dt, legend, label, p, h2, h3, li, .field") || mark;
  const open = [...room.children, room.nextElementSibling, mark.nextElementSibling].find((near) => near?.matches(".term-words"));
  if (open) {
    open.remove();
    mark.setAttribute("aria-expanded", "false");
    return;
  }
  try {
    const answer = await fetch(mark.dataset.term, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.status);
    const words = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".term-words");
    if (room.matches("p, h2, h3, label")) room.after(words);
    else if (room.matches("dt, legend, li")) room.append(words);
    else mark.after(words);
    mark.setAttribute("aria-expanded", "true");
  } catch {
    location.href = mark.href;
  }
});

/* Lines of a plan are dragged: the form sends the whole new order, as the buttons of each line do. */
document.querySelectorAll("[data-arrange]").forEach((list) => {
  const form = document.getElementById(list.dataset.arrange);
  const rows = () => [...list.querySelectorAll("[data-key]")];
  let dragged = null;
  rows().forEach((row) => row.setAttribute("draggable", "true"));
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-key]");
    if (dragged) event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-key]");
    if (!dragged || !over) return;
    event.preventDefault();
    if (over === dragged) return;
    const box = over.getBoundingClientRect();
    over.parentNode.insertBefore(dragged, event.clientY < box.top + box.height / 2 ? over : over.nextSibling);
  });
  list.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const order = document.createElement("input");
    order.type = "hidden";
    order.name = "order";
    order.value = rows().map((row) => row.dataset.key).join(",");
    form.elements.moved.value = dragged.dataset.key;
    form.append(order);
    form.requestSubmit();
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=order]");
    if (button) form.elements.moved.value = button.closest("[data-key]").dataset.key;
  });
});
