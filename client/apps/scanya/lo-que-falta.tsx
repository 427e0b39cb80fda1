import { useEffect, useState } from 'react'
import type { ClienteDoc } from '../../../schema/protocol/documentos.ts'
import { type AsuntoSinVenta, useAsuntosSinVenta } from '../../domain/canjes/use-asuntos.ts'
import { montoDe } from '../../domain/transacciones/fila-de-venta.tsx'
import { tituloDeMotivo } from '../../domain/transacciones/motivos.ts'
import type { Movimiento } from '../../domain/transacciones/movimientos.ts'
import { nombreDe } from '../../domain/transacciones/partes-de-venta.tsx'
import { t as tt } from '../../domain/transacciones/textos.ts'
import { usePorAtender } from '../../domain/transacciones/use-movimientos.ts'
import { descargar } from '../../lib/descargar.ts'
import { hace, hora, pesos } from '../../lib/formato.ts'
import { textoDe } from '../../lib/i18n.ts'
import { useCaja, usePuede, useVivo } from '../../replica/contexto.ts'
import { type Renglon, renglonDe } from '../../replica/renglon.ts'
import { useColeccion } from '../../replica/use-consulta.ts'
import { useReloj } from '../../replica/use-reloj.ts'
import { Deshacer } from '../../ui/deshacer.tsx'
import { Hoja } from '../../ui/hoja.tsx'
import { Icono, type Icono as Trazo } from '../../ui/iconos.tsx'
import { useIr } from './ir.ts'
import { FotoRechazada, FotosPorEnviar, useFotosPendientes } from './lo-que-falta-fotos.tsx'
import { RegistroGrande } from './lo-que-falta-grandes.tsx'
import { Limites } from './lo-que-falta-limites.tsx'
import { queHacer } from './que-hacer.ts'
import { falta as f } from './textos-de-lo-que-falta.ts'
import './lo-que-falta.css'

/** Behind the status chip: what a person must act on, with its reason; what is still only here, with its age and whose it is (design 05). */
export function LoQueFalta({ alCerrar }: { alCerrar: () => void }) {
  const { replica } = useCaja()
  const { estado, zona } = useVivo()
  const ahora = useReloj()
  const todos = usePendientes()
  const pendientes = todos?.filter((p) => !p.apartado)
  const grandes = todos?.filter((p) => p.apartado) ?? []
  const atencion = (usePorAtender(ahora + (estado?.offsetMs ?? 0)) ?? []).filter((m) => !estado?.entendidos.includes(m.id))
  const otros = useAsuntosSinVenta(ahora + (estado?.offsetMs ?? 0)).filter((a) => !estado?.entendidos.includes(a.hechoId))
  const { fotos, descartar } = useFotosPendientes()
  const rechazadas = fotos.filter(({ codigo }) => codigo !== null)
  const [entendido, setEntendido] = useState<string | null>(null)
  const [aviso, setAviso] = useState<string | null>(null)
  const [intentando, setIntentando] = useState(false)
  if (!estado) return null
  const intentar = async () => {
    setIntentando(true)
    const r = await replica.sincronizarAhora()
    setAviso(r.ok ? (r.valor.pendientes === 0 ? f.listo : f.seguimos) : textoDe(r.codigo))
    setIntentando(false)
  }
  const exportar = async () => {
    const r = await replica.exportarPendientes()
    if (r.ok) descargar('pendientes', r.valor)
    else setAviso(textoDe(r.codigo))
  }
  const entender = async (id: string, si: boolean) => {
    setEntendido(si ? id : null)
    const r = await replica.marcarEntendido?.(id, si)
    if (r && !r.ok) setAviso(textoDe(r.codigo))
  }
  const nada = todos?.length === 0 && atencion.length + otros.length + fotos.length === 0
  const porVer = atencion.length + otros.length + rechazadas.length + grandes.length
  return (
    <Hoja
      titulo={f.titulo}
      alCerrar={alCerrar}
      pie={
        <>
          <div role="status" className="pie-deshacer">
            {entendido !== null && (
              <Deshacer
                de={entendido}
                texto={f.entendidoHecho}
                alDeshacer={() => void entender(entendido, false)}
                alPasar={() => setEntendido(null)}
              />
            )}
          </div>
          <p className="sm soft pie-nota" role="status">
            {aviso ?? (estado.pendientes > 0 ? f.aNombre : ultimo(estado.ultimoIntercambioAt, zona))}
          </p>
          <div className="actions">
            <button type="button" className="btn btn--secondary" disabled={estado.pendientes === 0} onClick={() => void exportar()}>
              <Icono de="bajar" />
              {f.exportar}
            </button>
            <button type="button" className="btn btn--primary" disabled={intentando} onClick={() => void intentar()}>
              <Icono de="reintentar" />
              {f.intentar}
            </button>
          </div>
        </>
      }
    >
      <Limites />
      {nada && (
        <div className="empty">
          <Icono de="circulo" />
          <p>{f.nada}</p>
        </div>
      )}
      {porVer > 0 && (
        <section>
          <h2 className="sec">
            <span className="row">
              <span className="state state--review">
                <Icono de="atencion" />
              </span>
              {f.atencion}
            </span>
            <span className="cnt num">{porVer}</span>
          </h2>
          {atencion.map((m) => (
            <Asunto key={m.id} m={m} alIrse={alCerrar} alEntender={() => void entender(m.id, true)} />
          ))}
          {grandes.map(({ cadenaId, seq, cuerpo }) => (
            <RegistroGrande key={`${cadenaId}|${seq}`} id={`${cadenaId}|${seq}`} cuerpo={cuerpo} alFallar={setAviso} />
          ))}
          {rechazadas.map((foto) => (
            <FotoRechazada key={foto.hash} foto={foto} alDescartar={() => void descartar(foto.hash).then(setAviso)} />
          ))}
          {otros.map((asunto) => (
            <AsuntoDeOtro key={asunto.hechoId} asunto={asunto} alEntender={() => void entender(asunto.hechoId, true)} />
          ))}
        </section>
      )}
      {pendientes && pendientes.length > 0 && (
        <section>
          <h2 className="sec">
            <span className="row">
              <span className="state state--local">
                <Icono de="subir" />
              </span>
              {f.porEnviar}
            </span>
            <span className="cnt num">{f.cuantos(pendientes.length, hace(ahora - (pendientes[0]?.wall ?? ahora)))}</span>
          </h2>
          <Pendientes pendientes={pendientes} ahora={ahora} />
        </section>
      )}
      <FotosPorEnviar fotos={fotos.filter(({ codigo }) => codigo === null)} ahora={ahora} />
    </Hoja>
  )
}

const ultimo = (at: number | null, zona: string): string => (at === null ? f.nunca : f.ultimo(hora(at, zona)))

/** One record that a person must see: its reason in words, and what can be done here about it. */
function Asunto({ m, alIrse, alEntender }: { m: Movimiento; alIrse: () => void; alEntender: () => void }) {
  const { replica } = useCaja()
  const ir = useIr()
  const puede = usePuede()
  const ventaId = m.tipo === 'venta' ? m.id : m.transaccionId
  const a = (camino: string) => {
    alIrse()
    ir(camino)
  }
  const guardar = async () => {
    const r = await replica.consultar({ coleccion: 'veredictos', selector: { hechoId: m.id } })
    descargar(`registro-${m.folio || m.id}`, JSON.stringify({ movimiento: m, veredictos: r.ok ? r.valor : [] }, null, 2))
  }
  return (
    <article className="issue">
      <h3>{m.motivo ? tituloDeMotivo(m.motivo) : tt.atencion}</h3>
      <p>
        <b>{nombreDe(m)}</b> {m.tipo === 'venta' && m.folio} <b className="num">{montoDe(m)}</b>. {m.motivo && textoDe(m.motivo)}
      </p>
      <p className="que-hacer">{queHacer(m)}</p>
      <div className="fix">
        {m.motivo === 'reembolso_excedido' && puede('reembolsos') && ventaId && (
          <button type="button" className="btn btn--sm btn--tint" onClick={() => a(`/reembolso/${ventaId}`)}>
            {tt.reembolsar}
          </button>
        )}
        {ventaId && (
          <button type="button" className="btn btn--sm btn--secondary" onClick={() => a(`/venta/${ventaId}`)}>
            {f.verVenta}
          </button>
        )}
        <button type="button" className="btn btn--sm btn--secondary" onClick={alEntender}>
          {f.entendido}
        </button>
        <button type="button" className="icon-btn" aria-label={f.compartir} onClick={() => void guardar()}>
          <Icono de="bajar" />
        </button>
      </div>
    </article>
  )
}

/** What is of no sale: the reward it is about, and why it must be seen (R4, R5). */
function AsuntoDeOtro({ asunto: { tipo, motivo, canje }, alEntender }: { asunto: AsuntoSinVenta; alEntender: () => void }) {
  return (
    <article className="issue">
      <h3>{motivo ? tituloDeMotivo(motivo) : tt.atencion}</h3>
      <p>
        <b>{canje?.nombre ?? NOMBRES[tipo] ?? f.registro}</b>
        {canje && <span className="num"> {f.puntos(canje.puntos)}</span>}. {motivo && textoDe(motivo)}
      </p>
      <p className="que-hacer">{queHacer({ motivo })}</p>
      <div className="fix">
        <button type="button" className="btn btn--sm btn--secondary" onClick={alEntender}>
          {f.entendido}
        </button>
      </div>
    </article>
  )
}

interface Pendiente {
  cadenaId: string
  seq: number
  tipo: string
  wall: number
  cuerpo: string
  /** Too large to be sent, even alone. */
  apartado?: true
}

function usePendientes(): Pendiente[] | null {
  const { replica } = useCaja()
  const { estado } = useVivo()
  const [pendientes, setPendientes] = useState<Pendiente[] | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new state of the exchange makes the list old
  useEffect(() => {
    let vivo = true
    void replica.pendientes().then((r) => vivo && r.ok && setPendientes(r.valor))
    return () => {
      vivo = false
    }
  }, [replica, estado])
  return pendientes
}

/** By how it was paid, or what else it is. */
const ICONOS: Record<string, Trazo> = {
  ...{ efectivo: 'efectivo', tarjeta: 'tarjeta', transferencia: 'transferencia' },
  ...{ reembolso: 'volver', anulacion: 'volver', cambio_monto: 'efectivo', canje_confirmado: 'regalo', turno: 'reloj' },
}
const NOMBRES: Record<string, string> = {
  reembolso: f.reembolso,
  anulacion: f.anulacion,
  ajuste_puntos: f.ajuste,
  canje_confirmado: f.canje,
  cambio_monto: f.cambio,
  turno: f.turno,
  'cadena.abierta': f.alta,
}

function Pendientes({ pendientes, ahora }: { pendientes: Pendiente[]; ahora: number }) {
  const { replica } = useCaja()
  const { config } = useVivo()
  const leidos = pendientes.map((p) => ({ p, r: renglonDe({ id: `${p.cadenaId}|${p.seq}`, cuerpo: p.cuerpo, estado: 'pendiente' }) }))
  const cardIds = [...new Set(leidos.flatMap(({ r }) => r?.tarjeta?.cardId ?? []))].sort()
  const clientes = useColeccion<ClienteDoc>(replica, 'clientes', { selector: { cardId: { $in: cardIds } } }) ?? []
  const nombres = new Map(clientes.map((c) => [c.cardId, c.alias]))
  const nickDe = (id: string | null) => {
    const empleado = config.find((doc) => doc.id === `empleado:${id}`)
    return empleado && 'nick' in empleado ? `@${empleado.nick}` : null
  }
  return (
    <ul className="panel cola">
      {leidos.map(({ p, r }) => (
        <li key={`${p.cadenaId}|${p.seq}`} data-folio={r?.folio}>
          <span className="state state--local">
            <Icono de={r ? (ICONOS[r.tipo === 'venta' ? (r.metodoPago ?? '') : r.tipo] ?? 'subir') : 'equipo'} />
          </span>
          <span className="grow">
            <b className="m">{r?.tipo === 'venta' ? quien(r, nombres) : (NOMBRES[p.tipo] ?? f.registro)}</b>
            <br />
            <span className="sm dim num">
              {[r?.folio, r?.tipo === 'venta' && f.venta, r?.foto && f.conFoto, nickDe(r?.operadorId ?? null)].filter(Boolean).join(' · ')}
            </span>
          </span>
          <span className="end num">
            <b>{r && r.montoCentavos > 0 && (r.tipo === 'reembolso' ? `−${pesos(r.montoCentavos)}` : pesos(r.montoCentavos))}</b>
            <br />
            <span className="sm dim">{hace(ahora - p.wall)}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}

const quien = (r: Renglon, nombres: Map<string, string>): string =>
  nombres.get(r.tarjeta?.cardId ?? '') ?? (r.conCliente ? tt.clienteNuevo : tt.sinCliente)
