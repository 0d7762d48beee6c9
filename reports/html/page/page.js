// Script of the pages: filters that are kept in the address, links that open the element they lead to, copy buttons.
(() => {
  const form = document.getElementById("filters");
  const shownOutput = document.getElementById("shown");
  const textFilters = ["action", "family", "level", "text"];

  /** One entry for each case, and one for each row that counts several cases: its element and the values that filters match. Read once, when first needed. */
  let entries;
  const allEntries = () => {
    entries ??= [...document.querySelectorAll("section.action")].flatMap((section) => {
      const { action } = section.dataset;
      const common = { section, action, text: undefined };
      const detailed = [...section.querySelectorAll("details.case")].map((element) => ({
        ...common,
        element,
        ...element.dataset,
      }));
      const rows = [...section.querySelectorAll("tr[id]")].map((element) => {
        const [status, level, family] = [...element.cells].slice(0, 3).map((cell) => cell.textContent.trim());
        return { ...common, element, status, level, family };
      });
      const counts = [...section.querySelectorAll("tr[data-counts]")].map((element) => {
        const { family, level, counts } = element.dataset;
        const pairs = counts.split(",").map((pair) => pair.split(" "));
        return { ...common, element, family, level, counts: pairs.map(([status, n]) => [status, Number(n)]) };
      });
      return [...detailed, ...rows, ...counts];
    });
    return entries;
  };

  const searchableText = (entry) => {
    entry.text ??= `${entry.action}/${entry.element.textContent}`.toLowerCase();
    return entry.text;
  };

  const currentFilter = () => {
    const data = new FormData(form);
    return { status: data.getAll("status"), ...Object.fromEntries(textFilters.map((name) => [name, data.get(name)])) };
  };

  const isActive = (filter) => filter.status.length > 0 || textFilters.some((name) => filter[name] !== "");

  /** The number of cases of an entry that match the filter, its text aside. */
  const countMatching = (entry, filter) => {
    if (!["action", "family", "level"].every((name) => filter[name] === "" || filter[name] === entry[name])) return 0;
    const hasStatus = (status) => filter.status.length === 0 || filter.status.includes(status);
    if (!entry.counts) return hasStatus(entry.status) ? 1 : 0;
    return entry.counts.reduce((n, [status, cases]) => n + (hasStatus(status) ? cases : 0), 0);
  };

  const applyFilter = () => {
    const filter = currentFilter();
    const active = isActive(filter);
    const text = filter.text.trim().toLowerCase();
    const withMatches = new Set();
    let count = 0;
    let notSearchable = 0;
    for (const entry of allEntries()) {
      let matching = countMatching(entry, filter);
      if (matching > 0 && text !== "") {
        // A row that counts cases does not hold their text.
        if (entry.counts) notSearchable += matching;
        if (entry.counts || !searchableText(entry).includes(text)) matching = 0;
      }
      entry.element.hidden = active && matching === 0;
      if (matching === 0) continue;
      count += matching;
      withMatches.add(entry.section);
      const rows = active && entry.element.closest("details.rows");
      if (rows) withMatches.add(rows);
    }
    for (const section of document.querySelectorAll("section.action")) {
      section.hidden = active && !withMatches.has(section);
      for (const rows of section.querySelectorAll("details.rows")) {
        rows.open = withMatches.has(rows);
        rows.hidden = active && !withMatches.has(rows);
      }
    }
    const note = notSearchable > 0 ? `; the text of ${notSearchable} more is not on this page` : "";
    shownOutput.value = `${count} of ${form.dataset.total} cases${note}`;
  };

  /** The filters as a URL fragment: `action=a/b/C&status=failed`. */
  const toFragment = () => {
    const filter = currentFilter();
    const pairs = textFilters.filter((name) => filter[name] !== "").map((name) => [name, filter[name]]);
    if (filter.status.length > 0) pairs.push(["status", filter.status.join(",")]);
    return pairs.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2F", "/")}`).join("&");
  };

  const fillForm = (params) => {
    const status = (params.get("status") ?? "").split(",");
    for (const box of form.querySelectorAll("[name=status]")) box.checked = status.includes(box.value);
    for (const name of textFilters) {
      const field = form.elements[name];
      field.value = params.get(name) ?? "";
      // A value that is not among the options filters nothing.
      if (field.selectedIndex === -1) field.value = "";
    }
  };

  /** Follows the fragment of the address, which is either a filter or the id of an element. */
  const followFragment = (scroll) => {
    const text = location.hash.slice(1);
    if (/^(action|family|level|text|status)=/.test(text)) {
      fillForm(new URLSearchParams(text));
      applyFilter();
      if (scroll) document.getElementById("cases").scrollIntoView();
      return;
    }
    const element = text === "" ? null : document.getElementById(text);
    if (element && isActive(currentFilter())) {
      // Not `form.reset()`: its event handler would clear the address.
      fillForm(new URLSearchParams());
      applyFilter();
    }
    reveal(element);
  };

  /** Opens the `details` around an element and scrolls to it. */
  const reveal = (element) => {
    for (let ancestor = element; ancestor; ancestor = ancestor.parentElement?.closest("details"))
      if (ancestor.tagName === "DETAILS") ancestor.open = true;
    element?.scrollIntoView();
  };

  if (form) {
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => {
      history.replaceState(null, "", `#${toFragment()}`);
      applyFilter();
    });
    form.addEventListener("reset", () => {
      // The fields are empty only after this event.
      setTimeout(() => {
        history.replaceState(null, "", "#");
        applyFilter();
      });
    });
    addEventListener("hashchange", () => followFragment(true));
    followFragment(location.hash !== "");
  }

  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    // The clipboard API is missing on pages of a plain HTTP server.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("the browser did not copy the text");
  };

  /** Adds copy buttons to the commands in an element. A page may hold thousands of commands, so this waits until they are visible. */
  const addCopyButtons = (root) => {
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
          button.textContent = "Copy failed; select the text";
        }
        setTimeout(() => {
          button.textContent = "Copy";
        }, 2000);
      });
      pre.replaceWith(box);
      box.append(pre, button);
    }
  };
  for (const list of document.querySelectorAll(".causes")) addCopyButtons(list);
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (target.open && target.classList.contains("case")) addCopyButtons(target);
    },
    true,
  );

  // Nothing can be opened on paper, so the cases with HTTP exchanges are printed open: they are the examples of their causes.
  addEventListener("beforeprint", () => {
    for (const element of document.querySelectorAll("section > details.case:not([hidden])"))
      if (element.querySelector(".pair")) element.open = true;
  });
})();
