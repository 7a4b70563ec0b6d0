/** The front page: the leaderboard, and the experiments of the store. */
import { linkTo } from './address.ts';
import { LeaderboardView } from './leaderboard-view.tsx';
import { experiments, linkState } from './server-link.ts';
import { plural } from './texts.ts';

export function ExperimentList() {
  const all = experiments.value;
  if (all === undefined) return linkState.value === 'lost' ? null : <p class="wait">Reading the store …</p>;
  if (all.length === 0) return <p class="wait">The store holds no trials yet. npm run exp -- grid25 makes some.</p>;
  return (
    <>
      <LeaderboardView />
      <h2>Experiments</h2>
      <ul class="experiments">
        {all.map(({ name, trials, claim }) => (
          <li key={name}>
            <a href={linkTo(name)}>
              <b>{name}</b>
              <span>{claim}</span>
              <small>{trials === 0 ? 'a table alone' : plural(trials, 'trial')}</small>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
