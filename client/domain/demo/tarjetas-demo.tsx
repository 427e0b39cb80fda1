import { useEffect, useState } from 'react'
import { Icono } from '../../ui/iconos.tsx'
import { leerDemo, pedirQr, SHOPPERS } from './api-demo.ts'
import { t } from './textos.ts'
import './tarjetas-demo.css'

/**
 * Stands in for the shoppers' phones in the demo world: one tap "shows" the QR that phone would show now, and it is read as if by the camera. Only
 * the server holds those phones' keys. Draws nothing where there is no demo.
 */
export function TarjetasDemo({ alLeer }: { alLeer: (qr: string) => void }) {
  const hayDemo = useHayDemo()
  const [leyendo, setLeyendo] = useState<string | null>(null)
  const [aviso, setAviso] = useState<string | null>(null)
  if (!hayDemo) return null
  const leer = async (id: string) => {
    if (leyendo) return
    setAviso(null)
    setLeyendo(id)
    const r = await pedirQr(id)
    setLeyendo(null)
    if (r.ok) alLeer(r.valor.qr)
    else setAviso(r.codigo === 'SIN_CONEXION' ? t.sinConexion : t.noSeLeyo)
  }
  return (
    <section className="tarjetas-demo" aria-label={t.tarjetas}>
      <h2 className="eyebrow">{t.tarjetas}</h2>
      <div className="tarjetas-demo__fila">
        {SHOPPERS.map(({ id, nombre }) => (
          <button
            key={id}
            type="button"
            className="btn btn--secondary btn--sm"
            aria-label={t.tarjetaDe(nombre)}
            onClick={() => void leer(id)}
          >
            {nombre}
          </button>
        ))}
      </div>
      {aviso && (
        <p className="row sm soft" role="status">
          <Icono de="sinRed" /> {aviso}
        </p>
      )}
    </section>
  )
}

function useHayDemo(): boolean {
  const [hay, setHay] = useState(false)
  useEffect(() => {
    let vivo = true
    void leerDemo().then((r) => vivo && setHay(r.ok))
    return () => {
      vivo = false
    }
  }, [])
  return hay
}
