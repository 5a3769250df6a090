/* What is typed into a long form stays on this device until the server says that it has it.

   Keyed to the account and the address of the form; outlives a closed page, a lost network and the idle logout; erased
   when the server accepts the form, at an explicit logout and when somebody else logs in. Passwords, codes, files and
   hidden fields are never kept; pages of consents and accounts keep nothing (their <main> has no data-drafts). */
"use strict";

(() => {
  const PREFIX = "draft:";
  const LIFE = 14 * 24 * 60 * 60 * 1000;
  const ACCEPTED = "draft_accepted";
  const UNTYPED = ["hidden", "password", "file", "submit", "button", "reset", "image"];
  const SECRET = /password|secret|token|^code$|^otp$/i;
  const LONG = 5; /* fields that make a form long also without a text */
  const LOST = "Нет связи, поэтому ничего не отправлено.";
  const SAFE = " Набранное сохранено на этом устройстве: отправьте его, когда связь появится.";
  const main = document.querySelector("main");
  const owner = main ? main.dataset.drafts : "";
  const store = opened();
  let left = false; /* the owner has logged out: nothing is saved any more */

  function opened() {
    try {
      window.localStorage.removeItem(PREFIX);
      return window.localStorage;
    } catch {
      return null; /* switched off in this browser */
    }
  }

  function drafts() {
    return store ? Object.keys(store).filter((key) => key.startsWith(PREFIX)) : [];
  }

  function read(key) {
    try {
      return JSON.parse(store.getItem(key));
    } catch {
      return null;
    }
  }

  function write(key, draft) {
    try {
      store.setItem(key, JSON.stringify(draft));
      return true;
    } catch {
      return false; /* no room */
    }
  }

  function forget(unwanted) {
    drafts().filter(unwanted).forEach((key) => store.removeItem(key));
  }

  /* ----- What ends a draft ----- */

  function eraseAccepted() {
    const found = document.cookie.match(new RegExp(`(?:^|; )${ACCEPTED}=([a-z0-9]+)`));
    if (!found) return;
    forget((key) => (read(key) || {}).id === found[1]);
    document.cookie = `${ACCEPTED}=; path=/; max-age=0; samesite=lax`;
  }

  eraseAccepted();
  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") !== "/accounts/logout/") return;
    left = true;
    forget(() => true);
  });
  if (owner) {
    const old = (key) => Date.now() - ((read(key) || {}).at || 0) > LIFE;
    forget((key) => !key.startsWith(`${PREFIX}${owner}:`) || old(key));
  }

  /* ----- Fields ----- */

  function fields(form) {
    return Array.from(form.elements).filter(
      (one) => one.name && !UNTYPED.includes(one.type) && one.tagName !== "BUTTON" && one.tagName !== "FIELDSET" && !SECRET.test(one.name)
    );
  }

  function typed(form) {
    const found = {};
    fields(form).forEach((one) => {
      const list = (found[one.name] = found[one.name] || []);
      if (one.type === "checkbox" || one.type === "radio") {
        if (one.checked) list.push(one.value);
      } else if (one.tagName === "SELECT") {
        Array.from(one.selectedOptions).forEach((option) => list.push(option.value));
      } else {
        list.push(one.value);
      }
    });
    return found;
  }

  function fill(form, values) {
    const left = {};
    fields(form).forEach((one) => {
      if (!(one.name in values)) return;
      const list = (left[one.name] = left[one.name] || values[one.name].slice());
      if (one.type === "checkbox" || one.type === "radio") {
        one.checked = values[one.name].includes(one.value);
      } else if (one.tagName === "SELECT") {
        Array.from(one.options).forEach((option) => (option.selected = values[one.name].includes(option.value)));
      } else if (list.length) {
        one.value = list.shift();
      }
    });
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function isLong(form) {
    if (form.method !== "post" || form.dataset.draft === "no" || form.querySelector("[type=password]")) return false;
    const open = fields(form);
    return open.some((one) => one.tagName === "TEXTAREA") || open.filter((one) => one.type !== "radio" && one.type !== "checkbox").length >= LONG;
  }

  /* ----- What is said ----- */

  function note(form, kind) {
    const found = form.querySelector(`.draft-note.is-${kind}`);
    if (found) return found;
    const made = document.createElement("div");
    made.className = `draft-note is-${kind}`;
    made.setAttribute("role", kind === "lost" ? "alert" : "status");
    if (kind === "offer") form.prepend(made);
    else form.append(made);
    return made;
  }

  function say(form, kind, words) {
    const spot = note(form, kind);
    if (spot.textContent !== words) spot.textContent = words;
  }

  function silence(form, kind) {
    const found = form.querySelector(`.draft-note.is-${kind}`);
    if (found) found.remove();
  }

  function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-outline-primary";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  function moment(at) {
    const day = { day: "numeric", month: "long" };
    const date = new Date(at);
    return `${date.toLocaleDateString("ru-RU", day)}, ${date.toLocaleTimeString("ru-RU", { hour: "2-digit", minute: "2-digit" })}`;
  }

  function lost(form, kept) {
    const files = Array.from(form.querySelectorAll("[type=file]")).some((input) => input.files.length);
    say(form, "lost", LOST + (kept ? SAFE : "") + (files ? " Страницу не закрывайте, чтобы не выбирать снимки снова." : ""));
    form.querySelector(".draft-note.is-lost").scrollIntoView({ block: "center" });
  }

  /* ----- One long form ----- */

  function keep(form, key) {
    const before = JSON.stringify(typed(form));
    let found = read(key);
    let id = found ? found.id : made();
    let timer = 0;

    function made() {
      return Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");
    }

    function save() {
      clearTimeout(timer);
      timer = 0;
      if (left) return false;
      const values = typed(form);
      if (!found && JSON.stringify(values) === before) {
        store.removeItem(key);
        silence(form, "saved");
        return false;
      }
      if (!write(key, { id, at: Date.now(), values })) return false;
      say(form, "saved", "Черновик сохранён на этом устройстве");
      return true;
    }

    function offer() {
      if (!found || JSON.stringify(found.values) === before) return;
      const spot = note(form, "offer");
      const words = document.createElement("p");
      words.textContent = `Вы начали и не отправили эту форму: черновик от ${moment(found.at)} сохранён на этом устройстве.`;
      const answer = (act) => () => {
        act();
        spot.remove();
      };
      const restore = answer(() => {
        fill(form, found.values);
        const again = form.querySelector("[type=file]") ? " Снимки и файлы выберите снова." : "";
        say(form, "saved", "Черновик возвращён." + again);
      });
      const drop = answer(() => {
        store.removeItem(key);
        found = null;
        id = made();
        say(form, "saved", "Черновик удалён");
      });
      const acts = document.createElement("div");
      acts.className = "draft-acts";
      acts.append(button("Вернуть черновик", restore), button("Удалить черновик", drop));
      spot.append(words, acts);
    }

    offer();
    form.addEventListener("input", (event) => {
      if (!event.isTrusted && event.target === form) return;
      clearTimeout(timer);
      timer = setTimeout(save, 400);
    });
    window.addEventListener("pagehide", () => timer && save());
    return {
      save() {
        const kept = save();
        const mark = form.querySelector("[name=kept_draft]") || form.appendChild(document.createElement("input"));
        Object.assign(mark, { type: "hidden", name: "kept_draft", value: id });
        return kept;
      },
    };
  }

  /* ----- Sending ----- */

  const kept = new Map();
  if (owner && store) {
    const counts = {};
    Array.from(main.querySelectorAll("form"))
      .filter(isLong)
      .forEach((form) => {
        const address = new URL(form.getAttribute("action") || location.href, location.href);
        const place = `${PREFIX}${owner}:${address.pathname}${address.search}`;
        counts[place] = (counts[place] || 0) + 1;
        kept.set(form, keep(form, counts[place] > 1 ? `${place}#${counts[place]}` : place));
      });
  }

  /* A telephone often believes that it is online: a word with the server shows whether it is. */
  const phone = window.matchMedia("(pointer: coarse)").matches;
  const probe = document.querySelector("link[rel=icon]");

  async function reaches() {
    if (!navigator.onLine) return false;
    try {
      await fetch(probe.href, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(6000) });
      return true;
    } catch {
      return false;
    }
  }

  if (main) {
    main.addEventListener("submit", async (event) => {
      const form = event.target;
      if (event.defaultPrevented || form.method !== "post") return;
      const draft = kept.get(form);
      const isKept = draft ? draft.save() : false;
      if (form.dataset.asking === "answered") return;
      if (form.dataset.asking) {
        event.preventDefault();
        return;
      }
      if (navigator.onLine && !(phone && draft && probe)) return;
      event.preventDefault();
      form.dataset.asking = "yes";
      const submitter = event.submitter;
      if (await reaches()) {
        silence(form, "lost");
        form.dataset.asking = "answered";
        form.requestSubmit(submitter);
        return;
      }
      delete form.dataset.asking;
      lost(form, isKept);
    });
  }

  window.addEventListener("online", () => {
    document.querySelectorAll(".draft-note.is-lost").forEach((spot) => (spot.textContent = "Связь появилась: теперь можно отправить."));
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    eraseAccepted();
    document.querySelectorAll("form[data-asking]").forEach((form) => delete form.dataset.asking);
  });
})();
