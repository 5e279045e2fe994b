import { bootstrapApplication } from '@angular/platform-browser';
import { appConfig } from './app/app.config';
import { Shell } from './app/shell/shell';

bootstrapApplication(Shell, appConfig).catch((error: unknown) => {
  console.error(error);
  // Not even the texts could be loaded, so these words stand here in every language.
  const start = document.getElementById('start');
  if (start)
    start.textContent =
      'Nav savienojuma. Pārbaudiet internetu un pārlādējiet lapu. · No connection. Check the internet and reload the page. · Нет связи. Проверьте интернет и перезагрузите страницу.';
});
