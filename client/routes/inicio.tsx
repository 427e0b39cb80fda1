export { Inicio } from '../apps/anunciaya/inicio.tsx'
