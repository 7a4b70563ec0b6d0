/** The list of prepared starts for a class. */
import { lessons } from '../play/lessons.ts';
import { linkToPage } from './address.ts';

export function Lessons() {
  return (
    <>
      <h1>Lessons</h1>
      <p class="claim">
        Each opens the bench at a prepared start: press Play, then Pause, change one thing, start again.
      </p>
      <ol class="experiments">
        {lessons.map(({ name, title, says, options }) => (
          <li key={name}>
            <a href={linkToPage('play', { ...options, lesson: name })}>
              <b>{title}</b>
              <span>{says}</span>
            </a>
          </li>
        ))}
      </ol>
    </>
  );
}
