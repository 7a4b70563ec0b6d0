/** The leaderboard: what each method keeps of each data set’s modes. A cell opens its experiment, a method is compared everywhere. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { BoardCell, Leaderboard } from '../wire.ts';
import { linkTo } from './address.ts';
import { linkToCompare, pickText } from './picks.ts';
import { isDark } from './scheme.ts';
import { answer } from './server-link.ts';

export function LeaderboardView() {
  const read = useSignal<Leaderboard | 'reading' | 'none'>('reading');
  useEffect(() => {
    answer<Leaderboard>('boards').then(
      (boards) => {
        read.value = boards;
      },
      () => {
        read.value = 'none'; // the list of experiments stands below
      },
    );
  }, []);
  const board = read.value;
  if (board === 'reading') return <p class="wait">Reading all records …</p>;
  if (board === 'none' || board.methods.length === 0) return null;
  const { boards, methods, note } = board;
  return (
    <section aria-label="Leaderboard">
      <h1>Leaderboard</h1>
      <section class="scroll" aria-label="Methods and experiments">
        <table class="leaderboard">
          <thead>
            <tr>
              <th scope="col">method</th>
              <th scope="col" title="Over its boards: 0 % is first of all on every seed, 100 % last">
                mean place
              </th>
              {boards.map(({ title, experiment, columns }) => (
                <th scope="col" key={title} title={columns}>
                  <a href={linkTo(experiment)}>{title}</a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {methods.map(({ method, colour, description, place, cells }) => (
              <tr key={method}>
                <th scope="row" title={description}>
                  <span class="swatch" style={{ background: colour[isDark.value ? 1 : 0] }} />
                  <a href={linkToCompare(cells.flatMap((cell, at) => pickOf(cell, boards[at]?.experiment)))}>
                    {method}
                  </a>
                </th>
                <td class="place">{place ?? '–'}</td>
                {cells.map((cell, at) => (
                  <Cell key={boards[at]?.title} cell={cell} experiment={boards[at]?.experiment ?? ''} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="soft">
        Large: modes kept; small: well captured, quality, mean rank. A method’s name compares it over its experiments.{' '}
        {note}
      </p>
    </section>
  );
}

const pickOf = (cell: BoardCell | null, experiment: string | undefined): string[] =>
  cell && experiment !== undefined ? [pickText({ experiment, name: cell.label })] : [];

function Cell({ cell, experiment }: { readonly cell: BoardCell | null; readonly experiment: string }) {
  if (cell === null) return <td>–</td>;
  const tint = cell.kept === null ? {} : { background: `rgba(var(--win), ${(0.45 * cell.kept).toFixed(2)})` };
  return (
    <td style={tint}>
      <a href={linkTo(experiment)}>
        <b>{cell.text}</b>
      </a>
      <small>{cell.rest}</small>
      {cell.rank !== undefined && <small>{cell.rank}</small>}
    </td>
  );
}
