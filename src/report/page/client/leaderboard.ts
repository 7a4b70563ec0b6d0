/** Runs the leaderboard in the browser: sorts its tables by a column and hides what the filters leave out. */
import { watchScheme } from './colour-scheme.ts';
import { pageElement } from './page-element.ts';

for (const table of document.querySelectorAll<HTMLTableElement>('table.sortable')) {
  table.querySelectorAll<HTMLButtonElement>('button.sort').forEach((button, column) => {
    button.addEventListener('click', () => sort(table, column, button));
  });
}

/** By its words or by its numbers, best first at the first click; cells without a value come last either way. */
function sort(table: HTMLTableElement, column: number, button: HTMLButtonElement): void {
  const [head, body] = [button.closest('th'), table.tBodies[0]];
  if (head === null || body === undefined) return;
  const isText = button.dataset.text !== undefined;
  const before = head.ariaSort;
  for (const other of table.tHead?.rows[0]?.cells ?? []) other.ariaSort = null;
  const ascends = isText ? before !== 'ascending' : before === 'descending';
  head.ariaSort = ascends ? 'ascending' : 'descending';
  const rows = [...body.rows].map((row) => ({ row, key: keyOf(row.cells[column], isText) }));
  rows.sort((a, b) => {
    if (a.key === undefined || b.key === undefined) return Number(a.key === undefined) - Number(b.key === undefined);
    const order = a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
    return ascends ? order : -order;
  });
  body.append(...rows.map(({ row }) => row));
}

function keyOf(cell: HTMLTableCellElement | undefined, isText: boolean): string | number | undefined {
  const text = cell?.dataset.value ?? cell?.textContent ?? '';
  if (isText) return text;
  const number = Number(text);
  return text === '' || Number.isNaN(number) ? undefined : number;
}

const form = pageElement('form.filters', HTMLFormElement);
const entries = [...document.querySelectorAll<HTMLElement>('[data-entry]')];
const rowsOf = (kind: string) => entries.filter((entry) => entry.matches(kind));

/** A row that is left out vanishes; a cell is left empty, and its row vanishes with its last one. */
function filter(): void {
  const asked = new FormData(form);
  const of = (name: string) => String(asked.get(name) ?? '');
  const fits = ({ dataset }: HTMLElement): boolean =>
    (of('family') === '' || dataset.family === of('family')) &&
    (of('engine') === '' || (dataset.engine ?? '').split(' ').includes(of('engine'))) &&
    (of('seeds') === '' || Number(dataset.seeds) >= Number(of('seeds'))) &&
    (of('steps') === '' || Number(dataset.steps) <= Number(of('steps'))) &&
    (of('seconds') === '' || Number(dataset.seconds) <= Number(of('seconds')));
  for (const row of rowsOf('tr')) row.hidden = !fits(row);
  for (const cell of rowsOf('td')) cell.classList.toggle('out', !fits(cell));
  for (const row of new Set(rowsOf('td').map((cell) => cell.closest('tr'))))
    if (row) row.hidden = row.querySelector('[data-entry]:not(.out)') === null;
  const [shown, all] = [rowsOf('tr:not([hidden])').length, rowsOf('tr').length];
  pageElement('output', HTMLOutputElement, form).textContent = shown === all ? '' : `${shown} of ${all} rows`;
}

form.addEventListener('input', filter);
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', () => setTimeout(filter)); // after the fields are empty
form.hidden = false;
filter(); // a browser may have kept what was typed
watchScheme(() => {});
