/** From a set's name to its recipe; each is loaded when it is asked for, with what it needs (sharp, yauzl). */
import type { SetKind } from '../catalogue.ts';
import type { Recipe } from './recipe.ts';

export async function loadRecipe(kind: SetKind): Promise<Recipe> {
  switch (kind) {
    case 'mnist':
      return (await import('./mnist.ts')).mnist;
    case 'fashion-mnist':
      return (await import('./fashion-mnist.ts')).fashionMnist;
    case 'stacked-mnist':
      return (await import('./stacked-mnist.ts')).stackedMnist;
    case 'cifar10':
      return (await import('./cifar10.ts')).cifar10;
    case 'celeba':
      return (await import('./celeba.ts')).celeba;
    case 'traffic':
      return (await import('./traffic.ts')).traffic;
    case 'shapes':
      return (await import('./shapes.ts')).shapes;
    case 'images':
      return (await import('./images.ts')).images;
    default:
      return kind satisfies never;
  }
}
