// Runs before the page is drawn, so that it never flashes in the other colours. No module: those wait.
try {
  const scheme = JSON.parse(localStorage.getItem('dpup:scheme'))
  if (scheme === 'dark' || scheme === 'light') {
    document.documentElement.dataset.scheme = scheme
  }
} catch {
  // Without storage the page follows the machine.
}
