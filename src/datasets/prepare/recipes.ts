/** Loads the recipe of a set by name, only when asked for, with its libraries (sharp, yauzl). */
import type { SetKind } from '../pictures/catalogue.ts';
import type { Recipe } from './recipe.ts';

export async function loadRecipe(kind: SetKind): Promise<Recipe> {
  switch (kind) {
    case 'mnist':
      return (await import('../sets/mnist.ts')).mnist;
    case 'fashion-mnist':
      return (await import('../sets/fashion-mnist.ts')).fashionMnist;
    case 'stacked-mnist':
      return (await import('../sets/stacked-mnist.ts')).stackedMnist;
    case 'cifar10':
      return (await import('../sets/cifar10.ts')).cifar10;
    case 'celeba':
      return (await import('../sets/celeba.ts')).celeba;
    case 'traffic':
      return (await import('../sets/traffic.ts')).traffic;
    case 'shapes':
      return (await import('../sets/shapes.ts')).shapes;
    case 'images':
      return (await import('../sets/images.ts')).images;
    default:
      return kind satisfies never;
  }
}
