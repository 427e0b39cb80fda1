/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import type { Nivel } from '../../schema/domain/niveles/nivel.ts'
import { nombreDeNivel } from '../domain/tarjeta/plantilla.ts'
import { dia, diaDe } from './cuando.ts'
import type { Movimiento } from './foto.ts'
import { Icono, type NombreDeIcono } from './iconos.tsx'
import { conSigno, numero, pesos } from './numeros.ts'
import { t } from './textos.ts'
import type { TicketGuardado } from './tickets.ts'

/** Rows at first; the rest when asked for. */
const POR_TANDA = 12

/** Dashed: only a ticket says so. Solid: the server did. Filled amber: it waits for a person (design 05). */
const ASPECTO: Record<Movimiento['tipo'], { clase: string; icono: NombreDeIcono }> = {
  ganado: { clase: 'received', icono: 'mas' },
  canjeado: { clase: 'back', icono: 'palomita' },
  expirado: { clase: 'back', icono: 'reloj' },
  devuelto: { clase: 'back', icono: 'regresa' },
  anulado: { clase: 'back', icono: 'regresa' },
  retenido: { clase: 'review', icono: 'reloj' },
  apartado: { clase: 'local', icono: 'regalo' },
  sin_usar: { clase: 'back', icono: 'regresa' },
}

export function Movimientos({
  titulo,
  movimientos,
  tickets,
  ahora,
  alQuitar,
  deUno = false,
}: {
  titulo: string
  movimientos: Movimiento[]
  tickets: TicketGuardado[]
  ahora: number
  alQuitar: (hechoId: string) => void
  /** All of one negocio: its name is above the list already. */
  deUno?: boolean
}) {
  const [cuantos, setCuantos] = useState(POR_TANDA)
  const promesas = tickets.toSorted((a, b) => b.effAt - a.effAt)
  const faltan = movimientos.length - cuantos
  return (
    <section aria-label={titulo}>
      <h2 class="titulo">{titulo}</h2>
      {movimientos.length + promesas.length === 0 ? (
        <p class="soft sm vacio">{t.sinMovimientos}</p>
      ) : (
        <ul class="list panel hist">
          {promesas.map((ticket) => (
            <li key={ticket.hechoId} data-movimiento={enVano(ticket) ? 'en_vano' : 'por_confirmar'}>
              <Estado clase={enVano(ticket) ? 'back' : 'local'} icono={enVano(ticket) ? 'atencion' : 'reloj'} />
              <Texto
                {...renglonDe([ticket.negocioNombre, t.compra(pesos(ticket.montoCentavos)), comoVa(ticket)], ticket.effAt, ahora, deUno)}
              />
              {enVano(ticket) ? (
                <button type="button" class="btn btn--sm btn--quiet" onClick={() => alQuitar(ticket.hechoId)}>
                  {t.quitar}
                </button>
              ) : (
                ticket.puntos > 0 && (
                  <b class="num end">
                    <span class="unsettled">≈ {numero(ticket.puntos)}</span>
                  </b>
                )
              )}
            </li>
          ))}
          {movimientos.slice(0, cuantos).map((m) => (
            <li key={m.id} data-movimiento={m.tipo}>
              <Estado {...ASPECTO[m.tipo]} />
              <Texto
                {...renglonDe([m.negocioNombre, ...detalleDe(m)], m.at, ahora, deUno)}
                aparte={m.tipo === 'retenido' ? espera(m, ahora) : null}
                reglas={reglasDe(m)}
              />
              <Puntos m={m} />
            </li>
          ))}
        </ul>
      )}
      {faltan > 0 && (
        <button type="button" class="btn btn--quiet mas" onClick={() => setCuantos(cuantos + 5 * POR_TANDA)}>
          {t.verMas(numero(faltan))}
        </button>
      )}
    </section>
  )
}

/** A claim that gives nothing. */
const enVano = ({ reclamo }: TicketGuardado): boolean => reclamo?.estado === 'sin_puntos' || reclamo?.estado === 'rechazado'

function comoVa({ reclamo }: TicketGuardado): string {
  if (!reclamo) return t.porConfirmar
  if (reclamo.estado === 'por_enviar') return t.reclamoPorEnviar
  if (reclamo.estado === 'en_espera') return t.reclamoEnEspera
  if (reclamo.estado === 'sin_puntos') return t.reclamoSinPuntos
  return reclamo.codigo === 'RECLAMO_TARDIO' || reclamo.codigo === 'RECLAMO_AJENO' ? t[reclamo.codigo] : t.RECLAMO_NO
}

const Estado = ({ clase, icono }: { clase: string; icono: NombreDeIcono }) => (
  <span class={`state state--${clase}`}>
    <Icono de={icono} />
  </span>
)

function Puntos({ m }: { m: Movimiento }) {
  if (m.tipo === 'sin_usar') return null
  if (m.tipo !== 'retenido' && m.tipo !== 'apartado') return <b class="num end">{conSigno(m.puntos)}</b>
  return (
    <b class="num end">
      <span class="unsettled">{m.tipo === 'retenido' ? `≈ ${numero(m.puntos)}` : conSigno(m.puntos)}</span>
    </b>
  )
}

/** Negocio, what and how, under the first of them that the list does not say itself. */
function renglonDe([negocio = '', ...partes]: string[], at: number, ahora: number, deUno: boolean): { nombre: string; detalle: string[] } {
  const [que = '', ...mas] = partes
  return deUno ? { nombre: que, detalle: [diaDe(at, ahora), ...mas] } : { nombre: negocio, detalle: [diaDe(at, ahora), ...partes] }
}

const Texto = ({
  nombre,
  detalle,
  aparte = null,
  reglas = null,
}: {
  nombre: string
  detalle: string[]
  aparte?: string | null
  reglas?: string | null
}) => (
  <span class="grow renglon">
    <b class="m">{nombre}</b>
    <br />
    <span class="sm dim num renglon__detalle">{detalle.join(' · ')}</span>
    {aparte && <span class="sm renglon__aparte">{aparte}</span>}
    {reglas && (
      <details class="sm renglon__aparte">
        <summary>{t.porQue}</summary>
        {reglas}
      </details>
    )}
  </span>
)

function detalleDe(m: Movimiento): string[] {
  const deQue = {
    ganado: m.montoCentavos === null ? null : t.compra(pesos(m.montoCentavos)),
    canjeado: m.nombre ? t.canjeDe(m.nombre) : t.canjeaste,
    apartado: t.canjeDe(m.nombre ?? ''),
    sin_usar: t.canjeDe(m.nombre ?? ''),
    expirado: t.expiraron,
    devuelto: t.devueltos,
    anulado: t.anulados,
    retenido: t.enEspera,
  }[m.tipo]
  const conQue =
    m.tipo === 'ganado' && m.nivel && m.multiplicadorPct ? `${nombreDeNivel(m.nivel as Nivel)} ${m.multiplicadorPct / 100}x` : null
  const comoQuedo = m.tipo === 'apartado' ? t.apartados : m.tipo === 'sin_usar' ? t.sinUsar : null
  return [deQue, conQue, comoQuedo].filter((parte) => parte !== null)
}

/** R12: by which rules they were earned. */
const reglasDe = ({ version, valorPuntoCentavos, multiplicadorPct }: Movimiento): string | null =>
  version === undefined || valorPuntoCentavos === undefined
    ? null
    : t.reglasDe(pesos(valorPuntoCentavos), multiplicadorPct && multiplicadorPct > 100 ? `${multiplicadorPct / 100}` : null, version)

/** Why the points wait, and until when. */
function espera({ motivo, hastaAt, alVencer }: Movimiento, ahora: number): string {
  const clave = `motivo_${motivo}` as keyof typeof t
  const porque = typeof t[clave] === 'string' ? t[clave] : t.motivo_otro
  if (hastaAt === null) return `${porque}.`
  const cuando = dia(hastaAt, ahora)
  return `${porque}. ${alVencer === 'caducar' ? t.caducanEl(cuando) : t.acreditanEl(cuando)}.`
}
