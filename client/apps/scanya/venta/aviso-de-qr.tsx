import { Icono } from '../../../ui/iconos.tsx'
import { useIr } from '../ir.ts'
import { t } from './textos.ts'
import { minutosYSegundos, type Validez } from './validez.ts'
import './aviso-de-qr.css'

/** SCAN-14: `QR válido por 1:45`, or `si` once that no longer counts. */
export function ValidoPor({ validez, si }: { validez: Validez; si: string }) {
  return validez.como === 'verde' && validez.restanMs > 0 ? t.validoPor(minutosYSegundos(validez.restanMs)) : si
}

/** A QR too old to give its points at once: the sale goes on, and a fresh one is a tap away (design 04 §3). */
export function AvisoDeQr({ validez }: { validez: Validez | null }) {
  const ir = useIr()
  if (validez?.como !== 'ambar') return null
  return (
    <section className="aviso-qr" role="status">
      <Icono de="atencion" />
      <span className="grow">{t.actualizaTuQr}</span>
      <button type="button" onClick={() => ir('/escanear')}>
        {t.otroQr}
      </button>
    </section>
  )
}
