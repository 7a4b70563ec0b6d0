/** Chooses light or dark: as the system says, until somebody presses the button. */
import { pageElement } from './page-element.ts';

const system = window.matchMedia('(prefers-color-scheme: dark)');

export function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : system.matches;
}

/** Shows the button, and calls `changed` whenever the scheme does. */
export function watchScheme(changed: () => void): void {
  const button = pageElement('#theme', HTMLButtonElement);
  const update = () => {
    button.textContent = isDark() ? 'Light' : 'Dark';
  };
  system.addEventListener('change', () => {
    update();
    changed();
  });
  button.addEventListener('click', () => {
    document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
    update();
    changed();
  });
  button.hidden = false;
  update();
}
