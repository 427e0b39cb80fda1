/** What a till's worker runs once its clock is guarded, as one file to ask for: three that are always wanted together squeeze worse (worker.ts). */
export { crearAparato } from './aparato.ts'
export { crearNucleo } from './nucleo.ts'
export { puertosDelNavegador } from './puertos-navegador.ts'
