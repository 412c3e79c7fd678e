import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const here = import.meta.dirname;

/** In development the address of a screen inside an app answers with that app's page, as the server does. */
const appPages: Plugin = {
  name: 'app-pages',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      const app = /^\/(desk|portal|graphiql)(\/[^.]*)?$/.exec(request.url?.split('?')[0] ?? '');
      if (app) request.url = `/${app[1]}.html`;
      next();
    });
  },
};

/** GraphiQL brings fonts as data: addresses, which the content security policy refuses; the system's serve as well. */
const withoutFonts: Plugin = {
  name: 'without-fonts',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('/graphiql/dist/style.css') ? code.replace(/@font-face\s*\{[^}]*\}/g, '') : undefined,
};

export default defineConfig({
  plugins: [react(), appPages, withoutFonts],
  resolve: { alias: { '@shared': resolve(here, 'shared') } },
  build: {
    outDir: 'dist',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ['desk', 'portal', 'graphiql'].map((page) => resolve(here, `${page}.html`)) },
  },
  server: {
    proxy: { '/graphql': { target: process.env.BUSBAR_URL ?? 'http://127.0.0.1:8080', ws: true } },
  },
});
