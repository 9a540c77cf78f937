import { find } from './dom.js';

const THEMES = ['system', 'light', 'dark'];

export function startTheme() {
  const button = find('#theme', HTMLButtonElement);
  let theme = remembered();
  const show = () => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.textContent = `Theme: ${theme}`;
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
    remember(theme);
    show();
  });
  show();
}

function remembered() {
  try {
    const theme = localStorage.getItem('dllparity-theme') ?? '';
    return THEMES.includes(theme) ? theme : 'system';
  } catch {
    // Storage is closed to some file: pages; the choice then lasts as long as the page.
    return 'system';
  }
}

/** @param {string} theme */
function remember(theme) {
  try {
    localStorage.setItem('dllparity-theme', theme);
  } catch {
    // As above.
  }
}
