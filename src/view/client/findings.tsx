/** What went wrong: trials that failed or diverged on top, and what the rules say of those whose panels were drawn. */
import type { TrialRow, Wall } from '../wire.ts';
import { keyOf, panels } from './panels.ts';
import { countText, plural } from './texts.ts';

const nameOf = ({ groups }: Wall, { group, seed }: TrialRow): string =>
  `${groups.find(({ key }) => key === group)?.label ?? ''}, seed ${seed}`;

/** The first of them in full. */
export function Failures({ wall }: { readonly wall: Wall }) {
  const lost = wall.trials.filter(({ state }) => state === 'failed' || state === 'diverged');
  const [first, ...others] = [...lost].sort((a, b) => Number(b.state === 'failed') - Number(a.state === 'failed'));
  if (first === undefined) return null;
  const line = (trial: TrialRow) => (
    <>
      <b>{nameOf(wall, trial)}</b> {trial.state} at step {countText(trial.step)}: {trial.reason ?? 'no reason is known'}
    </>
  );
  return (
    <div class="warning" role="alert">
      <p>{line(first)}</p>
      {others.length > 0 && (
        <details>
          <summary>and {plural(others.length, 'other trial')}</summary>
          <ul>
            {others.slice(0, 200).map((trial) => (
              <li key={trial.id}>{line(trial)}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

export function Findings({ wall }: { readonly wall: Wall }) {
  const found = wall.trials.flatMap((trial) =>
    (panels.value.get(keyOf(wall.experiment, trial.id))?.findings ?? []).map((finding) => ({ trial, finding })),
  );
  return (
    <section class="diagnoses">
      <h2>Diagnoses</h2>
      {found.length === 0 ? (
        <p class="soft">By the rules below none of the trials that are shown has a fault.</p>
      ) : (
        <section class="scroll" aria-label="Diagnoses">
          <table>
            <thead>
              <tr>
                <th scope="col">trial</th>
                <th scope="col" class="text">
                  diagnosis
                </th>
                <th scope="col">from step</th>
                <th scope="col" class="text">
                  because
                </th>
              </tr>
            </thead>
            <tbody>
              {found.map(({ trial, finding: { name, step, because } }) => (
                <tr key={`${trial.id} ${name}`}>
                  <th scope="row">{nameOf(wall, trial)}</th>
                  <td class="text" title={wall.rules[name]}>
                    {name}
                  </td>
                  <td>{countText(step)}</td>
                  <td class="text because">{because}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <details>
        <summary>The rules</summary>
        <dl class="rules">
          {Object.entries(wall.rules).map(([name, rule]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{rule}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}
