/** A cupón in words (CUP-14, 15): what it takes off, its conditions, and how near its end is. Pure but for the language. */
import type { Nivel } from '../../schema/domain/niveles/nivel.ts'
import { minutosYSegundos, nombreDeNivel } from '../domain/tarjeta/plantilla.ts'
import { dia, diaDe, hora } from './cuando.ts'
import { type CuponEnFoto, diasPara, estadoDeCupon, redondos } from './mis-cupones.ts'
import { t } from './textos-de-cupones.ts'

/** In the space of a stub: `20%` and under it `menos`. */
export function talonDe({ clase, valor }: { clase: string; valor: number }): [string, string] {
  if (clase === 'porcentaje') return [`${valor}%`, t.menos]
  if (clase === 'monto') return [redondos(valor), t.menos]
  return clase === 'dos_por_uno' ? ['2x1', t.porUno] : [t.regalo, t.gratis]
}

/** CUP-14. `pronto`: today or tomorrow, drawn so that nobody misses it. */
export function finDe(c: CuponEnFoto, ahora: number): { texto: string; pronto: boolean } {
  const estado = estadoDeCupon(c, ahora)
  if (estado === 'usado')
    return { texto: c.usadoAt === null ? t.yaUsado : t.usadoEl(diaDe(c.usadoAt, ahora).toLowerCase(), c.negocioNombre), pronto: false }
  if (estado === 'expirado') return { texto: c.activo ? t.expiro(dia(c.venceAt, ahora)) : t.retirado, pronto: false }
  const dias = diasPara(c.venceAt, ahora)
  if (dias <= 1) return { texto: dias <= 0 ? t.venceHoy : t.venceManana, pronto: true }
  return { texto: dias <= 30 ? t.venceEn(dias, dia(c.venceAt, ahora)) : t.vence(dia(c.venceAt, ahora)), pronto: false }
}

/** CUP-15. Of what is left: `2 d 5 h`; in the last hour `59:12`. */
export function cuentaAtras(venceAt: number, ahora: number): string {
  const quedan = venceAt - ahora
  const horas = Math.floor(quedan / 3_600_000)
  return horas < 1 ? minutosYSegundos(quedan) : t.tiempo(Math.floor(horas / 24), horas % 24)
}

/** Each on its own. */
export function condicionesDe(c: CuponEnFoto, ahora: number): string[] {
  return [
    t.enNegocio(c.negocioNombre),
    ...(c.compraMinimaCentavos > 0 ? [t.compraMinima(redondos(c.compraMinimaCentavos))] : []),
    t.validoHasta(dia(c.venceAt, ahora), hora(c.venceAt)),
    ...(c.nivelRequerido ? [t.pideNivel(nombreDeNivel(c.nivelRequerido as Nivel))] : []),
    c.limitePorCliente === 1 ? t.unaVez : c.limitePorCliente <= POCOS_USOS ? t.variasVeces(c.limitePorCliente) : '',
    c.codigoUnico === null ? '' : t.personal,
  ].filter(Boolean)
}
/** More uses than these are as good as no limit. */
const POCOS_USOS = 20
