/** The frame of every view: where one is, whether the server is there, light or dark. */
import { address, isOwnPage, linkTo, linkToPage, pages, plays } from './address.ts';
import { CompareView } from './compare-view.tsx';
import { ExperimentList } from './experiment-list.tsx';
import { Lessons } from './lessons.tsx';
import { PlayView } from './play-view.tsx';
import { isDark, turnScheme } from './scheme.ts';
import { linkState, listen, wall } from './server-link.ts';
import { TrialView } from './trial-view.tsx';
import { WallView } from './wall-view.tsx';

listen();

export function App() {
  const { experiment } = address.value;
  return (
    <>
      <button type="button" class="skip" onClick={() => document.querySelector<HTMLElement>('#main')?.focus()}>
        Skip to what is shown
      </button>
      <header class="bar">
        <a class="brand" href={linkTo('')}>
          modebench
        </a>
        {experiment !== '' && <span class="where">{experiment.replace('~', '')}</span>}
        <nav>
          <a href={linkToPage('compare')}>compare</a>
          {plays && <a href={linkToPage('play')}>play</a>}
          {plays && <a href={linkToPage('lessons')}>lessons</a>}
        </nav>
        <LinkBadge />
        <button type="button" id="theme" onClick={turnScheme}>
          {isDark.value ? 'Light' : 'Dark'}
        </button>
      </header>
      <main id="main" tabIndex={-1}>
        {experiment === '' ? <ExperimentList /> : isOwnPage(experiment) ? <OwnPage /> : <Experiment />}
      </main>
    </>
  );
}

function OwnPage() {
  switch (address.value.experiment) {
    case pages.play:
      return plays ? <PlayView /> : <p class="wait">The machine is the run’s: npm run view has the bench.</p>;
    case pages.compare:
      return <CompareView />;
    case pages.lessons:
      return <Lessons />;
    default:
      return <p class="wait">There is no such page.</p>;
  }
}

function Experiment() {
  if (linkState.value === 'missing') return <p class="wait">The store has no trials of {address.value.experiment}.</p>;
  if (wall.value === undefined) return <p class="wait">Reading the store …</p>;
  const { experiment, trial } = address.value;
  if (trial === '') return <WallView wall={wall.value} />;
  const row = wall.value.trials.find(({ id }) => id === trial);
  if (row) return <TrialView wall={wall.value} trial={row} />;
  return (
    <p class="wait">
      There is no trial {trial}. <a href={linkTo(experiment)}>All trials of {experiment}</a>
    </p>
  );
}

const words = { waiting: 'connecting', open: 'live', lost: 'server stopped', missing: 'nothing there' } as const;

function LinkBadge() {
  const state = linkState.value;
  return (
    <span class={`link ${state}`} role="status">
      {words[state]}
      {state === 'lost' && <small>: npm run view starts it again; what stands here is its last word</small>}
    </span>
  );
}
