/** The API's documentation, drawn by Swagger UI from the contract that the gateway serves. */

const dark = matchMedia('(prefers-color-scheme: dark)');
const dress = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', dress);
dress();

const ui = globalThis.SwaggerUIBundle({
  url: '/openapi.yaml',
  dom_id: '#swagger-ui',
  deepLinking: true,
  // The public validator would be a call to somebody else's machine.
  validatorUrl: null,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  // What is tried is tried here, wherever the first server of the contract is.
  onComplete: () => ui.oas3Actions.setSelectedServer('/'),
});
