/** Shows the page's one tooltip: a line of text, or a table of what Vega says of a mark. */
import { pageElement } from './page-element.ts';

const tip = pageElement('#tip', HTMLElement);
/** Pixels from the pointer. */
const right = 14;
const below = 16;
const above = 12;

/** As Vega calls it; nothing to say hides it. */
export function showTip(_handler: unknown, event: MouseEvent, _item: unknown, value: unknown): void {
  tip.hidden = value === null || value === undefined || value === '';
  if (tip.hidden) return;
  tip.replaceChildren(typeof value === 'object' && value !== null ? tableOf(value) : String(value));
  const { clientWidth, clientHeight } = document.documentElement;
  tip.style.left = `${Math.max(8, Math.min(clientWidth - tip.offsetWidth - 8, event.clientX + right))}px`;
  const isTooLow = event.clientY + below + tip.offsetHeight > clientHeight - 4;
  tip.style.top = `${isTooLow ? Math.max(4, event.clientY - tip.offsetHeight - above) : event.clientY + below}px`;
}

export function hideTip(): void {
  tip.hidden = true;
}

function tableOf(value: object): HTMLTableElement {
  const table = document.createElement('table');
  for (const [key, cell] of Object.entries(value)) {
    const row = table.insertRow();
    row.insertCell().textContent = key;
    row.insertCell().textContent = String(cell);
  }
  return table;
}
