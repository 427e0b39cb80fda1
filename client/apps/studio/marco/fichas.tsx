import type { ReactNode } from 'react'
import type { ClienteDoc, TransaccionDoc } from '../../../../schema/protocol/documentos.ts'
import { nombreDeNivel } from '../../../domain/clientes/cliente-en-palabras.ts'
import { useFotoDeVenta } from '../../../domain/transacciones/use-foto-de-venta.ts'
import { fechaYHora, pesos } from '../../../lib/formato.ts'
import { useStudio, useStudioVivo } from '../../../replica/studio.ts'
import { useColeccion } from '../../../replica/use-consulta.ts'
import { Hoja } from '../../../ui/escritorio/hoja.tsx'
import { t } from './textos.ts'

/** A client as this negocio knows them: no phone, no e-mail (design 04). */
export function FichaDeCliente({ cliente, alCerrar }: { cliente: ClienteDoc; alCerrar: () => void }) {
  const { zona } = useStudioVivo()
  return (
    <Hoja titulo={cliente.alias} alCerrar={alCerrar} ancho="angosta" clase="studio-ficha">
      <Datos
        de={[
          [
            t.nivel,
            <span key="n" className={`nivel ${cliente.nivelUltimaVisita}`}>
              {nombreDeNivel(cliente.nivelUltimaVisita)}
            </span>,
          ],
          [t.puntos, cliente.puntosDisponibles.toLocaleString('es-MX')],
          ...(cliente.puntosRetenidos > 0 ? [[t.retenidos, `≈ ${cliente.puntosRetenidos.toLocaleString('es-MX')}`] as const] : []),
          [t.visitas, cliente.visitas.toLocaleString('es-MX')],
          [t.gastado, pesos(cliente.gastadoCentavos)],
          [t.ultimaVisita, fechaYHora(cliente.ultimaVisitaAt, zona)],
        ]}
      />
    </Hoja>
  )
}

/** A sale as the server has it. */
export function FichaDeVenta({ venta, alCerrar }: { venta: TransaccionDoc; alCerrar: () => void }) {
  const { replica, negocio } = useStudio()
  const { zona } = useStudioVivo()
  const [cliente] = useColeccion<ClienteDoc>(replica, 'clientes', { selector: { id: venta.clienteId ?? '' }, limite: 1 }) ?? []
  const sucursal = negocio.sucursales.find((s) => s.id === venta.sucursalId)?.nombre ?? ''
  return (
    <Hoja titulo={venta.folio} alCerrar={alCerrar} ancho="angosta" clase="studio-ficha">
      <Datos
        de={[
          [t.monto, <b key="m">{pesos(venta.montoCentavos)}</b>],
          ...(venta.montoOriginalCentavos != null ? [[t.montoAntes, pesos(venta.montoOriginalCentavos)] as const] : []),
          ...(venta.reembolsadoCentavos > 0 ? [[t.devuelto, `−${pesos(venta.reembolsadoCentavos)}`] as const] : []),
          ...(venta.motivo ? [[t.motivo, venta.motivo] as const] : []),
          [t.estado, venta.estado === 'completada' && venta.retenida ? t.enRevision : t[venta.estado]],
          [t.cuando, fechaYHora(venta.effAt, zona)],
          [t.sucursal, sucursal],
          [t.metodo, t[venta.metodoPago]],
          [t.cliente, venta.clienteId ? (cliente?.alias ?? '') : t.sinCliente],
          ...(venta.clienteId ? [[t.puntosDeVenta, puntosDe(venta)] as const] : []),
        ]}
      />
      {venta.lineas.length > 0 && (
        <section>
          <h3>{t.conceptos}</h3>
          <ul>
            {venta.lineas.map((l, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of a sale never move
              <li key={i} className="li">
                <span className="sp">
                  {`${l.cantidad} × ${l.nombre}`}
                  {(l.devueltas ?? 0) > 0 && `, ${t.volvieron(l.devueltas ?? 0)}`}
                </span>
                <span className="n">{pesos(l.cantidad * l.precioCentavos)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {venta.foto && <Evidencia hash={venta.foto} />}
    </Hoja>
  )
}

/** SCAN-34. */
function Evidencia({ hash }: { hash: string }) {
  const { replica } = useStudio()
  const foto = useFotoDeVenta(replica, hash)
  return (
    <section>
      <h3>{t.evidencia}</h3>
      {foto.como === 'esta' && <img className="studio-evidencia" src={foto.src} alt={t.evidencia} />}
      {foto.como === 'no_esta' && <p className="t3">{foto.sinRed ? t.fotoSinRed : t.fotoFalta}</p>}
    </section>
  )
}

/** `≈`: on hold. What was refused or lapsed gave none. */
function puntosDe({ retenida, acreditada, puntosOtorgados, puntosDevueltos }: TransaccionDoc): string {
  const netos = puntosOtorgados - puntosDevueltos
  if (retenida) return `≈ ${netos}`
  return `+${acreditada ? netos : 0}`
}

function Datos({ de }: { de: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="dl">
      {de.map(([nombre, valor]) => (
        <div key={nombre} className="studio-dato">
          <dt>{nombre}</dt>
          <dd>{valor}</dd>
        </div>
      ))}
    </dl>
  )
}
