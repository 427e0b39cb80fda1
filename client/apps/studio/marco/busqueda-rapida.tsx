import { Package, Receipt, User } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react'
import type { ClienteDoc, TransaccionDoc } from '../../../../schema/protocol/documentos.ts'
import type { Hallazgos } from '../../../../workers/replica/api.ts'
import { fechaYHora, pesos } from '../../../lib/formato.ts'
import { useStudio, useStudioVivo } from '../../../replica/studio.ts'
import { Busqueda } from '../../../ui/escritorio/busqueda.tsx'
import { FichaDeCliente, FichaDeVenta } from './fichas.tsx'
import { t } from './textos.ts'

/** Of each kind. */
const CUANTOS = 5

interface Hallazgo {
  id: string
  grupo: string
  icono: ReactNode
  titulo: string
  detalle: string
  abrir: () => void
}

/** `/` of the top bar: artículos, clientes and ventas of this device, as one types. A result opens it. */
export function BusquedaRapida({
  alAbrirArticulo,
  conDiagonal = true,
}: {
  alAbrirArticulo: (id: string) => void
  /** `/` comes here: one of them in a page. */
  conDiagonal?: boolean
}) {
  const { zona } = useStudioVivo()
  const id = useId()
  const [texto, setTexto] = useState('')
  const [enfocada, setEnfocada] = useState(false)
  const [activa, setActiva] = useState(0)
  const [cliente, setCliente] = useState<ClienteDoc | null>(null)
  const [venta, setVenta] = useState<TransaccionDoc | null>(null)
  const hallazgos = useHallazgos(texto)
  const lista = hallazgos ? enLista(hallazgos, zona, { alAbrirArticulo, setCliente, setVenta }) : []
  const abierta = enfocada && texto.trim() !== ''
  const elegir = (cual: Hallazgo | undefined) => {
    if (!cual) return
    setTexto('')
    setEnfocada(false)
    cual.abrir()
  }
  const alOprimir = (evento: KeyboardEvent) => {
    if (!abierta) return
    if (evento.key === 'Enter') elegir(lista[activa])
    else if (evento.key === 'ArrowDown') setActiva((n) => Math.min(n + 1, lista.length - 1))
    else if (evento.key === 'ArrowUp') setActiva((n) => Math.max(n - 1, 0))
    else return
    evento.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only whether the focus is inside
    <div
      className="find studio-buscar"
      onFocus={() => setEnfocada(true)}
      onBlur={(evento) => {
        if (!evento.currentTarget.contains(evento.relatedTarget)) setEnfocada(false)
      }}
    >
      <Busqueda
        etiqueta={t.buscar}
        valor={texto}
        conDiagonal={conDiagonal}
        alCambiar={(nuevo) => {
          setTexto(nuevo)
          setActiva(0)
          // The focus came back from what was opened, or never left: whoever types looks for something again.
          setEnfocada(true)
        }}
        alOprimir={alOprimir}
        lista={{ id: `${id}l`, abierta, activa: abierta && lista[activa] ? `${id}${lista[activa].id}` : undefined }}
      />
      {abierta && (
        <div className="studio-hallazgos" id={`${id}l`} role="listbox" aria-label={t.buscar}>
          {lista.map((h, i) => (
            <Renglon
              key={h.id}
              id={`${id}${h.id}`}
              hallazgo={h}
              primera={h.grupo !== lista[i - 1]?.grupo}
              activa={i === activa}
              alElegir={() => elegir(h)}
            />
          ))}
          {lista.length === 0 && <p className="mut sm">{hallazgos ? t.nadaCon(texto.trim()) : t.buscando}</p>}
        </div>
      )}
      {cliente && <FichaDeCliente cliente={cliente} alCerrar={() => setCliente(null)} />}
      {venta && <FichaDeVenta venta={venta} alCerrar={() => setVenta(null)} />}
    </div>
  )
}

interface DeRenglon {
  id: string
  hallazgo: Hallazgo
  primera: boolean
  activa: boolean
  alElegir: () => void
}

function Renglon({ id, hallazgo, primera, activa, alElegir }: DeRenglon) {
  return (
    <>
      {primera && (
        <p className="studio-hallazgos__grupo" role="presentation">
          {hallazgo.grupo}
        </p>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's: arrows and Enter */}
      <div
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={activa}
        onPointerDown={(evento) => evento.preventDefault()}
        onClick={alElegir}
      >
        {hallazgo.icono}
        <span className="sp tr">{hallazgo.titulo}</span>
        <span className="mut sm n nw">{hallazgo.detalle}</span>
      </div>
    </>
  )
}

interface Salidas {
  alAbrirArticulo: (id: string) => void
  setCliente: (cliente: ClienteDoc) => void
  setVenta: (venta: TransaccionDoc) => void
}

function enLista({ articulos, clientes, transacciones }: Hallazgos, zona: string, salidas: Salidas): Hallazgo[] {
  return [
    ...articulos.map((a) => ({
      id: a.id,
      grupo: t.articulos,
      icono: <Package className="i" aria-hidden="true" />,
      titulo: a.nombre,
      detalle: pesos(a.precioCentavos),
      abrir: () => salidas.alAbrirArticulo(a.id),
    })),
    ...clientes.map((c) => ({
      id: c.id,
      grupo: t.clientes,
      icono: <User className="i" aria-hidden="true" />,
      titulo: c.alias,
      detalle: `${c.puntosDisponibles.toLocaleString('es-MX')} pts`,
      abrir: () => salidas.setCliente(c),
    })),
    ...transacciones.map((v) => ({
      id: v.id,
      grupo: t.ventas,
      icono: <Receipt className="i" aria-hidden="true" />,
      titulo: `${v.folio} · ${pesos(v.montoCentavos)}`,
      detalle: fechaYHora(v.effAt, zona),
      abrir: () => salidas.setVenta(v),
    })),
  ]
}

/** Null while it is looked for. The last answer wins, whatever order they come in. */
function useHallazgos(texto: string): Hallazgos | null {
  const { replica } = useStudio()
  const [hallazgos, setHallazgos] = useState<{ de: string; que: Hallazgos } | null>(null)
  const buscado = texto.trim()
  useEffect(() => {
    if (buscado === '') return setHallazgos(null)
    let vivo = true
    void replica.buscar?.(buscado, CUANTOS).then((r) => {
      if (vivo && r.ok) setHallazgos({ de: buscado, que: r.valor })
    })
    return () => {
      vivo = false
    }
  }, [replica, buscado])
  return hallazgos?.que ?? null
}
