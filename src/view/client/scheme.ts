/** Chooses light or dark: as the system says, until somebody presses the button. */
import { computed, effect, signal } from '@preact/signals';

const system = window.matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = signal(system.matches);
const chosen = signal<'light' | 'dark' | undefined>(undefined);

export const isDark = computed(() => (chosen.value ? chosen.value === 'dark' : systemIsDark.value));

export function turnScheme(): void {
  chosen.value = isDark.value ? 'light' : 'dark';
}

export function followScheme(): void {
  system.addEventListener('change', ({ matches }) => {
    systemIsDark.value = matches;
  });
  effect(() => {
    if (chosen.value) document.documentElement.dataset.theme = chosen.value;
  });
}

/** What canvases are painted with, as the style sheet has it now. */
export function inks() {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    ground: of('--ground'),
    ink: of('--ink'),
    soft: of('--soft'),
    line: of('--line'),
    win: of('--win'),
    lose: of('--lose'),
  };
}
export type Inks = ReturnType<typeof inks>;
