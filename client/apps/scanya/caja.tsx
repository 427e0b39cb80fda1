import { useMemo, useState } from 'react'
import { diaLocal } from '../../../schema/core/tiempo.ts'
import type { ConfigDoc, TransaccionDoc, VeredictoDoc } from '../../../schema/protocol/documentos.ts'
import type { EstadoSync, NuevaVenta } from '../../../workers/replica/api.ts'
import { TarjetasDemo } from '../../domain/demo/tarjetas-demo.tsx'
import { ChipDeEstado } from '../../domain/sincronizacion/chip-de-estado.tsx'
import { PendientesHoja } from '../../domain/sincronizacion/pendientes-hoja.tsx'
import { ListaDeHoy } from '../../domain/transacciones/lista-de-hoy.tsx'
import { type Movimiento, movimientosDelDia } from '../../domain/transacciones/movimientos.ts'
import { ReembolsoHoja } from '../../domain/transacciones/reembolso-hoja.tsx'
import { type ClienteLeido, type ErrorDeVenta, VentaForm } from '../../domain/transacciones/venta-form.tsx'
import { type Recibo, VentaRegistrada } from '../../domain/transacciones/venta-registrada.tsx'
import { textoDe } from '../../lib/i18n.ts'
import { useCaja } from '../../replica/contexto.ts'
import { useColeccion } from '../../replica/use-consulta.ts'
import { useEstadoSync, useLiderazgoAlVer } from '../../replica/use-estado.ts'
import { useReloj } from '../../replica/use-reloj.ts'
import { Avisos } from './avisos.tsx'
import { Revocado } from './revocado.tsx'
import { t } from './textos.ts'

const ZONA_SIN_CONFIGURAR = 'America/Mexico_City'

/** The till: sell, see what was sold today, and where each sale is. */
export function CajaPantalla() {
  const { replica, alta } = useCaja()
  const estado = useEstadoSync(replica)
  const ahora = useReloj()
  useLiderazgoAlVer(replica)
  const { movimientos, zona } = useMovimientosDeHoy(estado, ahora)
  const { recibo, error, ocupada, cliente, setCliente, setError, vender, ventaN } = useVenta()
  const [reembolsando, setReembolsando] = useState<Movimiento | null>(null)
  const [verPendientes, setVerPendientes] = useState(false)

  return (
    <div className="caja">
      <header className="barra">
        <div className="barra__quien">
          <strong>{alta.negocioNombre}</strong>
          <span>{[alta.sucursalNombre, alta.serie && t.caja(alta.serie)].filter(Boolean).join(' · ')}</span>
        </div>
        <ChipDeEstado estado={estado} zona={zona} alTocar={() => setVerPendientes(true)} />
      </header>
      {estado?.fase !== 'revocado' && (
        <Avisos estado={estado} ahora={ahora} zona={zona} alUsarAqui={() => void replica.alHacerseVisible()} />
      )}
      {estado?.fase === 'revocado' ? (
        <main>
          <h1 className="oculto">{t.revocado}</h1>
          <Revocado replica={replica} estado={estado} />
        </main>
      ) : (
        <main className="columnas">
          <div className="columna">
            <h1 className="oculto">{t.registrarUnaVenta}</h1>
            <VentaForm
              key={ventaN}
              cliente={cliente}
              ocupada={ocupada}
              error={error}
              alVender={(v) => void vender(v)}
              alRechazar={setError}
            >
              <TarjetasDemo cliente={cliente} alLeer={setCliente} />
            </VentaForm>
            {recibo && <VentaRegistrada recibo={recibo} movimiento={movimientos.find((m) => m.id === recibo.hechoId)} zona={zona} />}
          </div>
          <div className="columna">
            <ListaDeHoy movimientos={movimientos} zona={zona} alReembolsar={setReembolsando} />
          </div>
        </main>
      )}
      {reembolsando && <ReembolsoHoja venta={reembolsando} alCerrar={() => setReembolsando(null)} />}
      {verPendientes && estado && <PendientesHoja estado={estado} ahora={ahora} alCerrar={() => setVerPendientes(false)} />}
    </div>
  )
}

/** Nothing is said to be registered before the replica answered that it is on the disk. */
function useVenta() {
  const { replica } = useCaja()
  const [recibo, setRecibo] = useState<Recibo | null>(null)
  const [error, setError] = useState<ErrorDeVenta | null>(null)
  const [ocupada, setOcupada] = useState(false)
  const [cliente, setCliente] = useState<ClienteLeido | null>(null)
  // A new number gives a new, empty form: the next customer never inherits an amount.
  const [ventaN, setVentaN] = useState(0)

  const vender = async (venta: NuevaVenta) => {
    setOcupada(true)
    setError(null)
    try {
      const r = await replica.registrarVenta(venta)
      if (!r.ok) return setError({ campo: r.campo ?? null, texto: textoDe(r.codigo) })
      setRecibo({ ...r.valor, montoCentavos: venta.montoCentavos, metodoPago: venta.metodoPago, clienteNombre: cliente?.nombre ?? null })
      setCliente(null)
      setVentaN((n) => n + 1)
    } catch {
      // The worker itself broke: what it had confirmed is on the disk, this sale was not confirmed.
      setError({ campo: null, texto: textoDe('GUARDADO_FALLIDO') })
    } finally {
      setOcupada(false)
    }
  }
  return { recibo, error, ocupada, cliente, setCliente, setError, vender, ventaN }
}

function useMovimientosDeHoy(estado: EstadoSync | null, ahora: number): { movimientos: Movimiento[]; zona: string } {
  const { replica, alta } = useCaja()
  const diario = useColeccion<Record<string, unknown>>(replica, 'diario')
  const veredictos = useColeccion<VeredictoDoc>(replica, 'veredictos')
  const transacciones = useColeccion<TransaccionDoc>(replica, 'transacciones')
  const config = useColeccion<ConfigDoc>(replica, 'config')
  const zona = zonaDe(config ?? [], alta.sucursalId)
  const dia = diaLocal(ahora + (estado?.offsetMs ?? 0), zona)
  const movimientos = useMemo(
    () => movimientosDelDia({ diario: diario ?? [], veredictos: veredictos ?? [], transacciones: transacciones ?? [] }, dia, zona),
    [diario, veredictos, transacciones, dia, zona],
  )
  return { movimientos, zona }
}

function zonaDe(config: ConfigDoc[], sucursalId: string | null): string {
  const sucursal = config.find((c) => c.id === `sucursal:${sucursalId}`)
  return sucursal && 'zonaHoraria' in sucursal ? sucursal.zonaHoraria : ZONA_SIN_CONFIGURAR
}
