/* Draws our own document with Swagger UI, both served by us: nothing of this page asks another machine for anything. */
window.SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
  filter: true,
  tagsSorter: 'alpha',
  // Its default asks a validator of the vendor.
  validatorUrl: null,
  // A token typed here is forgotten with the page.
  persistAuthorization: false,
})
