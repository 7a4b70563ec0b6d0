/** Draws a whole face, from back to front. */
import type { Canvas } from '../raster.ts';
import { drawBrows, drawEyes, drawGlasses } from './eyes.ts';
import { drawHair, drawHairBehind } from './hair.ts';
import { drawHat } from './hat.ts';
import { drawBackdrop, drawCheeks, drawEars, drawHead, drawNose, drawShoulders } from './head.ts';
import { drawBeard, drawMouth } from './mouth.ts';
import type { Sitter } from './sitter.ts';
import { sketch } from './sketch.ts';

/** Draws a face over whatever the canvas holds. */
export function drawFace(canvas: Canvas, who: Sitter): void {
  const head = sketch(canvas, who);
  drawBackdrop(head);
  drawHairBehind(head);
  drawShoulders(head);
  if (!who.has.turned) drawEars(head);
  drawHead(head);
  drawCheeks(head);
  if (who.has.beard) drawBeard(head);
  if (who.has.turned) drawEars(head);
  drawMouth(head);
  drawNose(head);
  drawEyes(head);
  drawBrows(head);
  if (!who.has.bald) drawHair(head);
  if (who.has.glasses) drawGlasses(head);
  if (who.has.hat) drawHat(head);
}
