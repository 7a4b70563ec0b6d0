/** The process that plays: is told once what, then obeys orders until its server is gone. */
import { messageOf } from '../../base/one-line.ts';
import { parseVariant } from './course.ts';
import type { Opening, Order, Report } from './messages.ts';
import { groundOf, type StoredTrial } from './subject.ts';

/** The first message. */
export interface Start {
  readonly opening: Opening;
  readonly trial?: StoredTrial;
  readonly dataRoot: string;
}

const tell = (report: Report): void => {
  process.send?.(report, undefined, undefined, () => {
    // `disconnect` deals with a server that is gone.
  });
};

/** Orders that came before there was anything to obey them. */
const early: Order[] = [];
let obey = (order: Order): void => void early.push(order);

async function open({ opening, trial, dataRoot }: Start): Promise<void> {
  const variant = parseVariant(opening.variant);
  if (variant === undefined) return tell({ kind: 'ended', message: 'the address names nothing that can be played' });
  try {
    const ground = groundOf(opening, variant.subject, trial, dataRoot);
    const { PlayLoop } = await import('./play-loop.ts');
    const loop = await PlayLoop.open(ground, variant.actions, tell);
    obey = (order) => loop.take(order);
    early.forEach(obey);
  } catch (error) {
    tell({ kind: 'ended', message: messageOf(error) });
  }
}

// The server decides what Ctrl-C means.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.exit());
process.once('message', (start: Start) => {
  process.on('message', (order: Order) => obey(order));
  void open(start);
});
