/** What a till's worker runs once its clock is guarded, as one file to ask for: three that are always wanted together squeeze worse (worker.ts). */
import { type CrearAparato, crearAparatoCon } from './aparato.ts'
import { crearSinEdits } from './sin-edits.ts'

export { crearNucleo } from './nucleo.ts'
export { puertosDeCaja } from './puertos-de-caja.ts'
export { puertosDelNavegador } from './puertos-navegador.ts'

export const crearAparato: CrearAparato = (nucleo) => crearAparatoCon(nucleo, crearSinEdits)
