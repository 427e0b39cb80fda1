/** `/admin/dispositivos/:id`: one device. What is wrong with it in words, its last three days, its journal as received. */
import { Link } from '@tanstack/react-router'
import { ChevronRight, Clock, Download, Lock, TriangleAlert } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { DetalleDeEquipo } from '../../../../schema/protocol/plataforma.ts'
import { dispositivosEnVivo, veredictosEnVivo } from '../../../domain/plataforma/formas.ts'
import { descargar } from '../../../lib/descargar.ts'
import { fecha } from '../../../lib/formato.ts'
import { avisar } from '../../../ui/escritorio/avisos-cola.ts'
import { Etiqueta } from '../../../ui/escritorio/etiqueta.tsx'
import { useFrescura, usePanel } from '../contexto.ts'
import { Leido } from '../estados.tsx'
import { desfase, ZONA } from '../palabras.ts'
import { t as comun } from '../textos.ts'
import { useFresco } from '../use-fresco.ts'
import { useVivo } from '../use-vivo.ts'
import { AvisosDelEquipo } from './avisos-del-equipo.tsx'
import { bajarDiario } from './bajar-diario.ts'
import { Diario } from './diario.tsx'
import { EstadoDelEquipo } from './estado-del-equipo.tsx'
import { LineaDeTiempo } from './linea-de-tiempo.tsx'
import { Revocar } from './revocar.tsx'
import { t } from './textos.ts'
import './dispositivo.css'

export function DispositivoPantalla({ id }: { id: string }) {
  const { sesion, frescura } = usePanel()
  const pausada = useFrescura().como === 'pausada'
  const veredictos = useMemo(() => veredictosEnVivo({ desdeAhora: true, dispositivo: id }), [id])
  const [negocio, setNegocio] = useState<string | null>(null)
  const equipos = useMemo(() => (negocio ? dispositivosEnVivo({ desdeAhora: true, negocio }) : null), [negocio])
  // Its own row, and what was judged of it: either has the detail and the journal read again.
  const senal = useVivo(veredictos).senal + (useVivo(equipos).parches.get(id)?.en ?? 0)
  const lectura = useFresco<DetalleDeEquipo>({ sesion, frescura }, `/api/admin/dispositivos/${id}`, { senal, pausada })
  const suNegocio = lectura.valor?.equipo.negocioId ?? null
  useEffect(() => setNegocio(suNegocio), [suNegocio])
  return (
    <Leido de={lectura} filas={8}>
      {(detalle) => (
        <>
          <Migas detalle={detalle} />
          <Cabeza detalle={detalle} alCambiar={lectura.releer} />
          <AvisosDelEquipo detalle={detalle} />
          <LineaDeTiempo detalle={detalle} />
          <div className="disp-dos">
            <Diario id={id} recibidos={detalle.equipo.recibidos} senal={senal} />
            <EstadoDelEquipo detalle={detalle} />
          </div>
        </>
      )}
    </Leido>
  )
}

function Migas({ detalle: { equipo: e } }: { detalle: DetalleDeEquipo }) {
  return (
    <nav className="row sm disp-migas" aria-label={comun.ruta}>
      <Link to="/admin/dispositivos">{comun.dispositivos}</Link>
      <ChevronRight className="i s" aria-hidden="true" />
      <Link to="/admin/negocios/$id" params={{ id: e.negocioId }}>
        {e.negocio}
      </Link>
      <ChevronRight className="i s" aria-hidden="true" />
      <span className="mut">{e.sucursal ?? comun.todasLasSucursales}</span>
    </nav>
  )
}

function Cabeza({ detalle, alCambiar }: { detalle: DetalleDeEquipo; alCambiar: () => void }) {
  const { equipo: e } = detalle
  const [revocando, setRevocando] = useState(false)
  return (
    <div className="phead">
      <div className="t">
        <div className="row g12 wrap">
          <h1>{e.nombre}</h1>
          {e.atencion.includes('hueco') && (
            <Etiqueta tono="warn" icono={TriangleAlert}>
              {t.huecoEnDiario}
            </Etiqueta>
          )}
          {e.atencion.includes('bifurcada') && (
            <Etiqueta tono="bad" icono={TriangleAlert}>
              {t.diarioBifurcado}
            </Etiqueta>
          )}
          {e.sinProcesar > 0 && (
            <Etiqueta tono="bad" icono={TriangleAlert}>
              {t.sinProcesar(e.sinProcesar)}
            </Etiqueta>
          )}
          {e.atencion.includes('reloj') && e.offsetMs !== null && (
            <Etiqueta tono="warn" icono={Clock}>
              {t.relojDe(desfase(e.offsetMs))}
            </Etiqueta>
          )}
        </div>
        <p className="n">{descripcion(detalle)}</p>
      </div>
      <Exportar id={e.id} serie={e.serie} />
      {e.bajaAt === null && (
        <button type="button" className="btn d" onClick={() => setRevocando(true)}>
          <Lock className="i" aria-hidden="true" />
          {t.revocar}
        </button>
      )}
      {revocando && <Revocar equipo={e} alCerrar={() => setRevocando(false)} alRevocar={alCambiar} />}
    </div>
  )
}

/** `Redmi 12, versión 0.1.0, alta 3 mar 2026. Licencia local hasta el 24 nov 2026` */
function descripcion({ equipo: e, modelo, altaAt, bajaMotivo, licenciaVenceAt, hora }: DetalleDeEquipo): string {
  const que = t.modelo(modelo, e.versionApp ?? '', fecha(altaAt, ZONA))
  if (e.bajaAt !== null) return `${que}. ${t.bajaDesde(fecha(e.bajaAt, ZONA), bajaMotivo ?? '')}`
  if (licenciaVenceAt === null) return e.tipo === 'caja' ? `${que}. ${t.sinLicencia}` : que
  const cuando = fecha(licenciaVenceAt, ZONA)
  return `${que}. ${licenciaVenceAt > hora ? t.licencia(cuando) : t.licenciaVencida(cuando)}`
}

/** The journal as the server has it, in a file: to look at it elsewhere. */
function Exportar({ id, serie }: { id: string; serie: string }) {
  const { sesion } = usePanel()
  const [ocupado, setOcupado] = useState(false)
  const exportar = async () => {
    setOcupado(true)
    const texto = await bajarDiario(sesion, id)
    setOcupado(false)
    if (texto === null) return avisar(t.noSeExporto, { tono: 'mal' })
    descargar(`diario-${serie}`, texto)
    return avisar(t.exportado)
  }
  return (
    <button type="button" className="btn" disabled={ocupado} onClick={() => void exportar()}>
      <Download className="i" aria-hidden="true" />
      {ocupado ? t.exportando : t.exportar}
    </button>
  )
}
