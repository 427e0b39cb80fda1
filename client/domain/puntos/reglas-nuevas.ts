/** What a dueño decides of the points, as the fields of a form (PTS-02..05, 24): what is wrong with them, and what of them changes. Pure. */
import type { Configuracion } from '../../../schema/domain/configuracion/configuracion.ts'
import { MESES_MAXIMOS } from '../../../schema/domain/configuracion/configuracion.ts'
import type { ConfigDoc } from '../../../schema/protocol/documentos.ts'

export interface CamposDeReglas {
  participa: boolean
  /** Centavos; NaN: what is written is no amount. */
  valorPuntoCentavos: number
  vencen: boolean
  /** Kept while they do not expire, for when they do again. */
  meses: number
}
/** PTS-04. Centavos. */
export const VALOR_MINIMO = 100
export const VALOR_MAXIMO = 100_000
/** Of a negocio that never said any. */
const MESES_POR_DEFECTO = 12

/** The newest version among the documents of `config`: each is in force from when it was made, whatever the clock of this device says. */
export function ultimasReglas(config: readonly ConfigDoc[]): Configuracion | undefined {
  const versiones = config.filter((doc): doc is ConfigDoc & Configuracion => doc.id.startsWith('version:'))
  return versiones.reduce<Configuracion | undefined>((ultima, v) => (ultima && ultima.version > v.version ? ultima : v), undefined)
}

export const camposDeReglas = ({ participa, valorPuntoCentavos, expiranEnMeses }: Configuracion): CamposDeReglas => ({
  participa,
  valorPuntoCentavos,
  vencen: expiranEnMeses != null,
  meses: expiranEnMeses ?? MESES_POR_DEFECTO,
})

export type FallaDeReglas = 'valor' | 'meses'

export function fallasDeReglas({ valorPuntoCentavos, vencen, meses }: CamposDeReglas): FallaDeReglas[] {
  const fallas: FallaDeReglas[] = []
  if (!(valorPuntoCentavos >= VALOR_MINIMO && valorPuntoCentavos <= VALOR_MAXIMO)) fallas.push('valor')
  if (vencen && !(meses >= 1 && meses <= MESES_MAXIMOS)) fallas.push('meses')
  return fallas
}

export type CambioDeReglas = Partial<Pick<Configuracion, 'participa' | 'valorPuntoCentavos' | 'expiranEnMeses'>>

/** Only what differs from the version in force, as the server takes it. */
export function cambioDeReglas(vigente: Configuracion, campos: CamposDeReglas): CambioDeReglas {
  const expiranEnMeses = campos.vencen ? campos.meses : null
  return {
    ...(campos.participa === vigente.participa ? {} : { participa: campos.participa }),
    ...(campos.valorPuntoCentavos === vigente.valorPuntoCentavos ? {} : { valorPuntoCentavos: campos.valorPuntoCentavos }),
    ...(expiranEnMeses === (vigente.expiranEnMeses ?? null) ? {} : { expiranEnMeses }),
  }
}
