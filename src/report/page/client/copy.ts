/** Puts a button beside each block of commands that copies it, where the browser lets a page write to the clipboard. */
export function addCopyButtons(): void {
  const { clipboard } = navigator as { clipboard?: Clipboard }; // older browsers have none for pages from disk
  if (clipboard === undefined) return;
  for (const block of document.querySelectorAll('pre')) {
    const button = Object.assign(document.createElement('button'), {
      type: 'button',
      className: 'copy',
      textContent: 'Copy',
    });
    button.addEventListener('click', () => {
      clipboard.writeText(block.textContent ?? '').then(
        () => {
          button.textContent = 'Copied';
        },
        () => {
          button.textContent = 'Not allowed here';
        },
      );
    });
    block.after(button);
  }
}
