/** The experiments of the store. */
import { linkTo } from './address.ts';
import { experiments, linkState } from './server-link.ts';
import { plural } from './texts.ts';

export function ExperimentList() {
  const all = experiments.value;
  if (all === undefined) return linkState.value === 'lost' ? null : <p class="wait">Reading the store …</p>;
  if (all.length === 0) return <p class="wait">The store holds no trials yet. npm run exp -- grid25 makes some.</p>;
  return (
    <>
      <h1>Experiments</h1>
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
