// Runs before the page is drawn, so that it never flashes in the other colours, and what waits for
// script or for results has its place. No module: those wait.
document.documentElement.dataset.scripts = ''
if (/[?#&]\w+=./.test(location.search + location.hash)) {
  document.documentElement.dataset.asks = ''
}
try {
  const scheme = JSON.parse(localStorage.getItem('dpup:scheme'))
  if (scheme === 'dark' || scheme === 'light') {
    document.documentElement.dataset.scheme = scheme
  }
} catch {
  // Without storage the page follows the machine.
}
