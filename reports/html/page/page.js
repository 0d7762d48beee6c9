// What the page does beyond being read: filters that live in its address, links that open what they lead to, copying.
(() => {
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const names = ["action", "family", "level", "text"];

  /** One entry a case, or a row that counts many: its element and what the filters ask of it. Read when first needed. */
  let entries;
  const all = () => {
    entries ??= [...document.querySelectorAll("section.action")].flatMap((section) => {
      const { action } = section.dataset;
      const one = { section, action, text: undefined };
      const told = [...section.querySelectorAll("details.case")].map((element) => ({
        ...one,
        element,
        ...element.dataset,
      }));
      const rows = [...section.querySelectorAll("tr[id]")].map((element) => {
        const [status, level, family] = [...element.cells].slice(0, 3).map((cell) => cell.textContent.trim());
        return { ...one, element, status, level, family };
      });
      const counts = [...section.querySelectorAll("tr[data-counts]")].map((element) => {
        const { family, level, counts } = element.dataset;
        const pairs = counts.split(",").map((pair) => pair.split(" "));
        return { ...one, element, family, level, counts: pairs.map(([status, n]) => [status, Number(n)]) };
      });
      return [...told, ...rows, ...counts];
    });
    return entries;
  };

  const textOf = (entry) => {
    entry.text ??= `${entry.action}/${entry.element.textContent}`.toLowerCase();
    return entry.text;
  };

  const wanted = () => {
    const data = new FormData(form);
    return { status: data.getAll("status"), ...Object.fromEntries(names.map((name) => [name, data.get(name)])) };
  };

  const isActive = (filter) => filter.status.length > 0 || names.some((name) => filter[name] !== "");

  /** Of how many cases an entry speaks that the filter asks for, whatever their text. */
  const fitting = (entry, filter) => {
    if (!["action", "family", "level"].every((name) => filter[name] === "" || filter[name] === entry[name])) return 0;
    const wants = (status) => filter.status.length === 0 || filter.status.includes(status);
    if (!entry.counts) return wants(entry.status) ? 1 : 0;
    return entry.counts.reduce((n, [status, cases]) => n + (wants(status) ? cases : 0), 0);
  };

  const apply = () => {
    const filter = wanted();
    const active = isActive(filter);
    const text = filter.text.trim().toLowerCase();
    const found = new Set();
    let count = 0;
    let unread = 0;
    for (const entry of all()) {
      let fit = fitting(entry, filter);
      if (fit > 0 && text !== "") {
        // A row that counts many does not hold their text.
        if (entry.counts) unread += fit;
        if (entry.counts || !textOf(entry).includes(text)) fit = 0;
      }
      entry.element.hidden = active && fit === 0;
      if (fit === 0) continue;
      count += fit;
      found.add(entry.section);
      const rows = active && entry.element.closest("details.rows");
      if (rows) found.add(rows);
    }
    for (const section of document.querySelectorAll("section.action")) {
      section.hidden = active && !found.has(section);
      for (const rows of section.querySelectorAll("details.rows")) {
        rows.open = found.has(rows);
        rows.hidden = active && !found.has(rows);
      }
    }
    const besides = unread > 0 ? `; the text of ${unread} more is not on this page` : "";
    shown.value = `${count} of ${form.dataset.total} cases${besides}`;
  };

  /** The filters as a fragment: `action=a/b/C&status=failed`. */
  const fragment = () => {
    const filter = wanted();
    const pairs = names.filter((name) => filter[name] !== "").map((name) => [name, filter[name]]);
    if (filter.status.length > 0) pairs.push(["status", filter.status.join(",")]);
    return pairs.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2F", "/")}`).join("&");
  };

  const fill = (params) => {
    const status = (params.get("status") ?? "").split(",");
    for (const box of form.querySelectorAll("[name=status]")) box.checked = status.includes(box.value);
    for (const name of names) {
      const field = form.elements[name];
      field.value = params.get(name) ?? "";
      // What is no option is no filter.
      if (field.selectedIndex === -1) field.value = "";
    }
  };

  /** A fragment either names filters or an element. */
  const arrive = (move) => {
    const text = location.hash.slice(1);
    if (/^(action|family|level|text|status)=/.test(text)) {
      fill(new URLSearchParams(text));
      apply();
      if (move) document.getElementById("cases").scrollIntoView();
      return;
    }
    const element = text === "" ? null : document.getElementById(text);
    if (element && isActive(wanted())) {
      // Not by a reset, which would wipe the address.
      fill(new URLSearchParams());
      apply();
    }
    open(element);
  };

  const open = (element) => {
    for (let of = element; of; of = of.parentElement?.closest("details")) if (of.tagName === "DETAILS") of.open = true;
    element?.scrollIntoView();
  };

  if (form) {
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => {
      history.replaceState(null, "", `#${fragment()}`);
      apply();
    });
    form.addEventListener("reset", () => {
      // The fields are empty only after this event.
      setTimeout(() => {
        history.replaceState(null, "", "#");
        apply();
      });
    });
    addEventListener("hashchange", () => arrive(true));
    arrive(location.hash !== "");
  }

  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    // Pages of a plain HTTP server have no clipboard.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("nothing was copied");
  };

  /** A page may hold thousands of commands: a button comes when its command is first seen. */
  const equip = (root) => {
    for (const pre of root.querySelectorAll("pre.copy:not(.copied > pre)")) {
      const box = document.createElement("div");
      const button = document.createElement("button");
      box.className = "copied";
      button.type = "button";
      button.textContent = "Copy";
      button.setAttribute("aria-live", "polite");
      button.addEventListener("click", async () => {
        try {
          await copy(pre.textContent);
          button.textContent = "Copied";
        } catch {
          button.textContent = "Select it by hand";
        }
        setTimeout(() => {
          button.textContent = "Copy";
        }, 2000);
      });
      pre.replaceWith(box);
      box.append(pre, button);
    }
  };
  for (const list of document.querySelectorAll(".causes")) equip(list);
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (target.open && target.classList.contains("case")) equip(target);
    },
    true,
  );

  // On paper nothing can be opened. What shows its exchanges stands for all cases of its cause.
  addEventListener("beforeprint", () => {
    for (const element of document.querySelectorAll("section > details.case:not([hidden])"))
      if (element.querySelector(".pair")) element.open = true;
  });
})();
