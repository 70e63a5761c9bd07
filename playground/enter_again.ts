/** What a person changes. The box is left out, since the state has it, and files, which a page cannot choose. */
const CONTROLS = "input:not([type=file]), select, textarea:not(#token)";

/** Enters in a view what stood in the same view before it was made anew, and unfolds what was unfolded. */
export function enterAgain(view: Element, before: Element): void {
  // What is entered may make the controls that come after it: each is looked up when its turn comes.
  const controls = (of: Element) => [...of.querySelectorAll<HTMLInputElement>(CONTROLS)];
  for (const [place, { value, checked }] of controls(before).entries()) {
    const control = controls(view)[place];
    if (control === undefined || control.value === value && control.checked === checked) continue;
    control.value = value;
    control.checked = checked;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const folded = [...view.querySelectorAll("details")];
  for (const [place, { open }] of before.querySelectorAll("details").entries()) {
    if (folded[place] !== undefined) folded[place].open = open;
  }
}
