/** The table over seeds: means with their errors and bands, and how probable it is that a run is better than the leader's. */
import type { TableCell, TableRow, Wall, WallColumn } from '../wire.ts';
import { isDark } from './scheme.ts';
import { valueText } from './texts.ts';

export function SeedTable({ wall }: { readonly wall: Wall }) {
  const { groups, columns, table, leader } = wall;
  const [lead] = columns;
  const best = groups.find(({ key }) => key === leader);
  const seen = columns.filter((_, at) => table.some(({ cells }) => cells[at]));
  if (seen.length === 0) return null;
  return (
    <section class="over-seeds">
      <h2>Over seeds</h2>
      <section class="scroll" aria-label="Table over seeds">
        <table>
          <thead>
            <tr>
              <th scope="col">method</th>
              <th scope="col">seeds</th>
              {seen.map(({ name, title, unit }) => (
                <th scope="col" key={name}>
                  {title}
                  {unit === 'share' && ', %'}
                </th>
              ))}
              {best && <th scope="col">P(better than {best.label})</th>}
            </tr>
          </thead>
          <tbody>
            {table.map((row) => {
              const group = groups.find(({ key }) => key === row.group);
              return (
                <tr key={row.group}>
                  <th scope="row">
                    <span class="swatch" style={{ background: group?.colour[isDark.value ? 1 : 0] ?? '' }} />
                    {group?.label}
                  </th>
                  <td>
                    {row.done} of {row.seeds}
                    {row.diverged + row.failed > 0 && (
                      <small class="lost">
                        {[row.diverged && `${row.diverged} diverged`, row.failed && `${row.failed} failed`]
                          .filter(Boolean)
                          .join(', ')}
                      </small>
                    )}
                  </td>
                  {seen.map((column) => {
                    const at = columns.indexOf(column);
                    return (
                      <td key={column.name}>
                        <Cell cell={row.cells[at] ?? null} column={column} range={rangeOf(table, at, column)} />
                      </td>
                    );
                  })}
                  {best && <td>{row.group === leader ? 'leads' : <Improvement row={row} />}</td>}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <p class="soft">
        Mean ± standard error over the seeds that are done. The bar reaches from the worst to the best seed, its thick
        part is the 95 % bootstrap interval of the interquartile mean, the dot the mean.
        {best && lead && ` P: probability that a run has better ${lead.title} than one of ${best.label}, ties half.`}
      </p>
    </section>
  );
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** From nothing to all there is to reach, or of all seeds where nobody knows that. */
function rangeOf(table: readonly TableRow[], at: number, { most }: WallColumn): Range {
  const cells = table.flatMap(({ cells }) => cells[at] ?? []);
  const low = most === undefined ? Math.min(...cells.map(({ min }) => min)) : 0;
  const high = Math.max(...cells.map(({ max }) => max), most ?? Number.NEGATIVE_INFINITY);
  return high > low ? { low, high } : { low: low - 1, high: low + 1 };
}

function Cell({
  cell,
  column,
  range,
}: {
  readonly cell: TableCell | null;
  readonly column: WallColumn;
  readonly range: Range;
}) {
  if (cell === null) return <>–</>;
  const bare = (value: number) => valueText(value, { ...column, unit: 'number' });
  const shown = (value: number) => bare(column.unit === 'share' ? 100 * value : value);
  return (
    <>
      <b>{shown(cell.mean)}</b>
      {cell.standardError !== null && ` ± ${shown(cell.standardError)}`}
      <Band cell={cell} range={range} label={`from ${shown(cell.min)} to ${shown(cell.max)}`} />
      {cell.seeds < cell.of && (
        <small class="lost">
          {cell.seeds} of {cell.of} seeds
        </small>
      )}
    </>
  );
}

function Band({ cell, range, label }: { readonly cell: TableCell; readonly range: Range; readonly label: string }) {
  const x = (value: number) => 3 + (94 * (value - range.low)) / (range.high - range.low);
  return (
    <svg class="band" viewBox="0 0 100 10" role="img" aria-label={label}>
      <title>{label}</title>
      <line class="whole" x1={3} x2={97} y1={5} y2={5} />
      <line class="range" x1={x(cell.min)} x2={x(cell.max)} y1={5} y2={5} />
      <line class="interval" x1={x(cell.low)} x2={x(cell.high)} y1={5} y2={5} />
      <circle cx={x(cell.mean)} cy={5} r={2.6} />
    </svg>
  );
}

function Improvement({ row: { improvement } }: { readonly row: TableRow }) {
  if (improvement === undefined) return <>–</>;
  const { probability, low, high } = improvement;
  return (
    <>
      <b>{probability.toFixed(2)}</b>
      <small>
        [{low.toFixed(2)}, {high.toFixed(2)}]
      </small>
    </>
  );
}
