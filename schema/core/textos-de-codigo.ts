/** What each refusal says to a person. A code without both texts does not compile. The replica's worker needs the codes alone (PWA-04): codigos.ts. */
import type { Codigo } from './codigos.ts'

export const TEXTOS_DE_CODIGO = {
  // Money and the fields of a sale
  MONTO_INVALIDO: { es: 'El monto no es un número.', en: 'The amount is not a number.' },
  MONTO_CERO: { es: 'El monto debe ser mayor que cero.', en: 'The amount must be greater than zero.' },
  MONTO_NEGATIVO: { es: 'El monto no puede ser negativo.', en: 'The amount cannot be negative.' },
  MONTO_DECIMALES: { es: 'El monto lleva a lo más dos decimales.', en: 'The amount takes at most two decimals.' },
  MONTO_EXCEDIDO: { es: 'El monto no puede pasar de $99,999,999.99.', en: 'The amount cannot exceed $99,999,999.99.' },
  METODO_INVALIDO: { es: 'El método de pago no existe: efectivo, tarjeta o transferencia.', en: 'Unknown payment method.' },
  DATO_INVALIDO: { es: 'Falta un dato o no tiene la forma esperada.', en: 'A field is missing or malformed.' },
  CONTRASENA_DEBIL: { es: 'La contraseña necesita al menos 10 caracteres.', en: 'The password needs at least 10 characters.' },
  CORREO_EN_USO: { es: 'Ya hay una cuenta con ese correo.', en: 'That e-mail already has an account.' },
  NICK_EN_USO: { es: 'Ya hay un empleado con ese nick en este negocio.', en: 'An employee of this business already has that nick.' },
  CODIGO_EN_USO: { es: 'Ese código de caja ya es de otro negocio.', en: 'Another business already has that till code.' },
  ID_EN_USO: { es: 'Ese identificador ya se usó.', en: 'That id was already used.' },

  // The platform's configuration
  CONFIGURACION_CAMBIO: {
    es: 'Alguien publicó otra versión mientras editabas. Revisa la nueva antes de publicar.',
    en: 'Somebody published another version meanwhile. Look at it before you publish.',
  },
  LIMITE_DE_SUCURSALES: {
    es: 'Tu negocio ya tiene todas las sucursales que permite la plataforma.',
    en: 'Your business already has as many branches as the platform allows.',
  },
  LIMITE_DE_EMPLEADOS: {
    es: 'Tu negocio ya tiene todos los empleados que permite la plataforma. Borra a quien ya no trabaja contigo.',
    en: 'Your business already has as many employees as the platform allows. Delete those who no longer work with you.',
  },

  // Transport
  CUERPO_ILEGIBLE: { es: 'Lo recibido no se pudo leer.', en: 'The body could not be read.' },
  CUERPO_EXCEDIDO: { es: 'Lo enviado es demasiado grande.', en: 'The body is too large.' },
  TIPO_DE_CONTENIDO: { es: 'Solo se acepta JSON.', en: 'Only JSON is accepted.' },
  ORIGEN_AJENO: { es: 'La petición viene de otro sitio.', en: 'Cross-site request refused.' },
  NO_ENCONTRADO: { es: 'No se encontró.', en: 'Not found.' },
  DEMASIADAS_PETICIONES: { es: 'Demasiadas peticiones; espera un momento.', en: 'Too many requests; wait a moment.' },
  INTERNAL: { es: 'Algo falló de nuestro lado. Tus datos siguen guardados.', en: 'Something failed on our side. Your data is safe.' },
  SIN_CONEXION: { es: 'No hay conexión con el servidor.', en: 'The server cannot be reached.' },
  PROTOCOLO_ANTERIOR: {
    es: 'Esta versión de la app ya no puede traer datos. Actualízala; tus ventas pendientes sí se reciben.',
    en: 'This version of the app can no longer pull. Update it; pending sales are still received.',
  },

  // Catálogo, pictures, live views
  ARCHIVO_ILEGIBLE: { es: 'El archivo no se pudo leer como CSV.', en: 'The file could not be read as CSV.' },
  ARCHIVO_GRANDE: { es: 'El archivo tiene demasiadas filas: a lo más 20,000.', en: 'The file has too many rows: 20,000 at most.' },
  COLUMNA_FALTA: { es: 'Falta una columna: se necesitan nombre y precio.', en: 'A column is missing: nombre and precio are needed.' },
  FILA_REPETIDA: { es: 'Otra fila del archivo habla del mismo artículo.', en: 'Another row of the file is about the same article.' },
  IMPORTACION_CANCELADA: { es: 'La importación se canceló. Nada cambió.', en: 'The import was cancelled. Nothing changed.' },
  IMAGEN_INVALIDA: { es: 'Ese archivo no es una imagen que se pueda leer.', en: 'That file is not a picture that can be read.' },
  IMAGEN_GRANDE: { es: 'La imagen es demasiado grande.', en: 'The picture is too large.' },
  SHAPE_DESCONOCIDA: { es: 'Esa vista en vivo no existe.', en: 'There is no such live view.' },
  DEMASIADAS_EN_VIVO: { es: 'Hay demasiadas vistas en vivo abiertas.', en: 'Too many live views are open.' },

  // Identity
  CREDENCIALES: { es: 'Correo o contraseña incorrectos.', en: 'Wrong e-mail or password.' },
  CUENTA_BLOQUEADA: { es: 'Demasiados intentos. Espera unos minutos.', en: 'Too many attempts. Wait a few minutes.' },
  SESION_REQUERIDA: { es: 'Vuelve a entrar.', en: 'Sign in again.' },
  SESION_VENCIDA: { es: 'Tu sesión terminó. Vuelve a entrar.', en: 'Your session ended. Sign in again.' },
  SIN_PERMISO: { es: 'No tienes permiso para hacer esto.', en: 'You are not allowed to do this.' },
  DISPOSITIVO_REQUERIDO: { es: 'Esto solo se hace desde un equipo dado de alta.', en: 'Only an enrolled device may do this.' },
  DISPOSITIVO_REVOCADO: { es: 'Este equipo fue dado de baja.', en: 'This device was revoked.' },
  ENLACE_INVALIDO: { es: 'El enlace no sirve, ya se usó o venció.', en: 'The link is invalid, used or expired.' },
  ALTA_POR_APROBAR: {
    es: 'Falta que el dueño apruebe este equipo en Business Studio.',
    en: 'The owner has yet to approve this device in Business Studio.',
  },
  EQUIPO_CON_ALTA: {
    es: 'Este equipo ya está dado de alta. Si el enlace es para otro, ábrelo allá.',
    en: 'This device is enrolled already. If the link is for another one, open it there.',
  },
  FIRMA_INVALIDA: { es: 'La firma del equipo no coincide.', en: 'The device signature does not match.' },
  LICENCIA_VENCIDA: {
    es: 'La licencia de este equipo venció: conéctalo para seguir con reembolsos, canjes y cupones.',
    en: 'The lease of this device expired: connect it to continue with refunds and rewards.',
  },
  LICENCIA_AGOTADA: {
    es: 'Este equipo lleva demasiado tiempo sin conexión y dejó de vender. Conéctalo a internet.',
    en: 'This device has been offline for too long and stopped selling. Connect it.',
  },

  // The counter: who is at the till, and whose card it is
  CREDENCIALES_PIN: { es: 'Nick o PIN incorrectos.', en: 'Wrong nick or PIN.' },
  PIN_BLOQUEADO: { es: 'Demasiados intentos. Espera un momento.', en: 'Too many attempts. Wait a moment.' },
  PIN_NECESITA_RED: {
    es: 'La primera vez en este equipo se entra con conexión.',
    en: 'The first time on this device needs a connection.',
  },
  PIN_IGUAL: { es: 'Ese ya es tu PIN: escribe otro.', en: 'That already is your PIN: type another one.' },
  PIN_TRIVIAL: { es: 'Ese PIN es demasiado fácil de adivinar.', en: 'That PIN is too easy to guess.' },
  LEASE_VENCIDA: {
    es: 'Pasó mucho tiempo sin conexión: entra una vez con red.',
    en: 'Too long without a connection: sign in once online.',
  },
  EMPLEADO_INACTIVO: { es: 'Esta cuenta de empleado ya no está activa.', en: 'This employee account is no longer active.' },
  QR_EXPIRADO: { es: 'QR expirado. Pide que muestre uno nuevo.', en: 'Expired QR. Ask for a fresh one.' },
  QR_USADO: { es: 'Ese QR ya se usó en esta caja. Pide uno nuevo.', en: 'That QR was already used here. Ask for a fresh one.' },
  TARJETA_VENCIDA: {
    es: 'La tarjeta lleva más de 14 días sin conexión. Que la abra con internet.',
    en: 'The card has been offline for over 14 days. It must be opened online.',
  },
  TARJETA_REVOCADA: { es: 'Ese teléfono ya no puede usar la tarjeta.', en: 'That phone may no longer use the card.' },
  TARJETA_CLAVE: { es: 'La clave de la tarjeta no coincide.', en: 'The code of the card does not match.' },
  CLIENTE_NO_ENCONTRADO: { es: 'Cliente no encontrado.', en: 'Customer not found.' },
  CANJE_INVALIDO: { es: 'Ese código no es de un canje.', en: 'That is not the code of a reward.' },
  CANJE_VENCIDO: { es: 'El canje venció: ya no se entrega.', en: 'The reward code has expired: it cannot be given.' },
  CANJE_YA_ENTREGADO: { es: 'Este canje ya se entregó.', en: 'This reward was already given.' },
  CANJE_CANCELADO: { es: 'El cliente canceló este canje.', en: 'The client cancelled this reward.' },
  CANJE_OTRA_CAJA: {
    es: 'Sin conexión, los canjes de esta sucursal se confirman en otra caja. Hazlo allá, o con conexión.',
    en: 'Offline, another till of this branch confirms rewards. Do it there, or online.',
  },
  CANJE_OTRA_SUCURSAL: { es: 'Este canje se entrega en otra sucursal.', en: 'This reward is given at another branch.' },
  PUNTOS_INSUFICIENTES: { es: 'No alcanzan los puntos para esta recompensa.', en: 'There are not enough points for this reward.' },
  RECOMPENSA_NO_DISPONIBLE: { es: 'El negocio ya no da esta recompensa.', en: 'The business no longer gives this reward.' },
  CUPON_INVALIDO: { es: 'Ese código no es de un cupón.', en: 'That is not the code of a coupon.' },
  CUPON_AJENO: { es: 'El cupón es de otro cliente.', en: 'The coupon belongs to another client.' },
  RECLAMO_TARDIO: {
    es: 'Pasaron más de 24 horas desde esta compra: ya no suma puntos.',
    en: 'More than 24 hours have passed since this purchase: it earns no points now.',
  },
  RECLAMO_AJENO: { es: 'Esta compra ya tiene cliente.', en: 'This purchase already has a client.' },
  TURNO_ABIERTO: { es: 'La caja ya tiene un turno abierto.', en: 'The till already has an open shift.' },
  TURNO_CERRADO: { es: 'No hay un turno abierto en esta caja.', en: 'There is no open shift at this till.' },
  TICKET_INVALIDO: { es: 'Ese código no es de un ticket.', en: 'That code is not a ticket.' },
  IDENTIFICACION_INVALIDA: {
    es: 'La identificación del cliente venció o ya se usó. Escanea de nuevo.',
    en: 'The identification of the customer expired or was used. Scan again.',
  },
  IDEMPOTENCIA_REQUERIDA: { es: 'Falta la cabecera Idempotency-Key.', en: 'The Idempotency-Key header is missing.' },
  IDEMPOTENCIA_DISTINTA: {
    es: 'Esa Idempotency-Key ya se usó con otros datos.',
    en: 'That Idempotency-Key was already used with another body.',
  },

  HECHO_EN_PROCESO: {
    es: 'Ya se recibió y falta calcular sus puntos. Pregunta otra vez con la misma Idempotency-Key.',
    en: 'It was received and its points are still being computed. Ask again with the same Idempotency-Key.',
  },

  // Journal
  DIARIO_CABEZA: { es: 'La cabeza firmada del diario no coincide con lo enviado.', en: 'The signed head does not match the entries sent.' },
  DIARIO_HUECO: { es: 'Faltan ventas anteriores de este equipo.', en: 'Earlier entries of this device are missing.' },
  DIARIO_BIFURCADO: {
    es: 'Dos versiones del mismo renglón del diario: queda en revisión.',
    en: 'Two versions of one journal entry: in review.',
  },
  DIARIO_AJENO: { es: 'Ese diario es de otro equipo.', en: 'That journal belongs to another device.' },
  DIARIO_EXCEDIDO: { es: 'A lo más 100 renglones y 1 MB por envío.', en: 'At most 100 entries and 1 MB at a time.' },
  RENGLON_EXCEDIDO: { es: 'Ese registro es demasiado grande.', en: 'That record is too large.' },
  HECHO_DESCONOCIDO: { es: 'El servidor todavía no conoce este tipo de registro.', en: 'Unknown kind of record.' },
  HECHO_INVALIDO: { es: 'El registro no tiene la forma esperada.', en: 'The record is malformed.' },
  NEGOCIO_AJENO: { es: 'El registro es de otro negocio.', en: 'The record belongs to another business.' },
  COLECCION_DESCONOCIDA: { es: 'Esa colección no existe.', en: 'Unknown collection.' },
  EDICION_INVALIDA: { es: 'El cambio no tiene la forma esperada.', en: 'The edit is malformed.' },
  CODIGO_OCUPADO: { es: 'Otro cupón ya usa ese código. Ponle uno distinto.', en: 'Another coupon has that code. Give it a different one.' },

  // Device storage
  DISCO_LLENO: {
    es: 'El equipo se quedó sin espacio: esto NO se guardó. Libera espacio y repite.',
    en: 'The device is out of space: this was NOT saved. Free some and repeat.',
  },
  GUARDADO_FALLIDO: { es: 'Esto no quedó guardado en este equipo. Repítelo.', en: 'This was not saved on this device. Repeat it.' },
  REPLICA_NO_ABRE: { es: 'No se pudo abrir el almacén de este equipo.', en: 'The store of this device could not be opened.' },
  ESCANER_NO_ABRE: { es: 'El lector de códigos no abrió. Escribe los números.', en: 'The code reader did not open. Type the numbers.' },
  REPLICA_CAIDA: {
    es: 'La caja dejó de responder y no confirmó esto. Mira la lista de hoy antes de repetirlo.',
    en: 'The till stopped responding and did not confirm this. Look at today’s list before repeating it.',
  },
  REPLICA_EN_OTRA_PESTANA: { es: 'ScanYA ya está abierta en otra pestaña.', en: 'ScanYA is already open in another tab.' },
  REPLICA_SIN_ALTA: { es: 'Este equipo todavía no está dado de alta.', en: 'This device is not enrolled yet.' },

  // Rules: reasons of a verdict (design 03, R1-R16)
  duplicado: { es: 'Ya se había recibido.', en: 'Already received.' },
  qr_repetido: {
    es: 'Ese código QR ya se usó en otra venta: los puntos quedan retenidos.',
    en: 'That QR was already used: points on hold.',
  },
  qr_invalido: { es: 'El código QR no fue emitido por AnunciaYA: venta sin puntos.', en: 'QR not issued by us: sale without points.' },
  cajero_baja: { es: 'El cajero ya estaba de baja: puntos retenidos.', en: 'The cashier was already deactivated: points on hold.' },
  dispositivo_revocado: { es: 'El equipo ya estaba de baja: puntos retenidos.', en: 'The device was already revoked: points on hold.' },
  reloj: { es: 'El reloj del equipo y el del cliente no coinciden: puntos retenidos.', en: 'Clocks disagree: points on hold.' },
  sin_licencia: { es: 'El equipo vendió sin licencia vigente: puntos retenidos.', en: 'Sold without a valid lease: points on hold.' },
  limite: { es: 'Venta fuera de lo normal: puntos retenidos.', en: 'Unusual sale: points on hold.' },
  manual: {
    es: 'Muchas ventas de hoy en esta caja con la tarjeta escrita: puntos retenidos.',
    en: 'Many typed cards at this till today: points on hold.',
  },
  reembolso_excedido: { es: 'Se devolvió más de lo que quedaba de la venta.', en: 'Refunded more than remained.' },
  ya_anulada: { es: 'La venta ya estaba anulada.', en: 'The sale was already cancelled.' },
  en_espera: { es: 'Espera a la venta de la que depende.', en: 'Waiting for the sale it depends on.' },
  huerfano: { es: 'La venta de la que depende nunca llegó.', en: 'The sale it depends on never arrived.' },
  articulo_no_disponible: { es: 'Se vendió un artículo oculto, agotado o borrado.', en: 'A hidden, sold-out or deleted item was sold.' },
  regla_no_retenida: { es: 'Esa venta no tiene puntos retenidos por esa regla.', en: 'Nothing is on hold under that rule.' },
  sobregiro: { es: 'El saldo del cliente no alcanzó para lo devuelto.', en: 'The balance did not cover what was taken back.' },
  edicion_perdida: {
    es: 'Otro equipo cambió el mismo dato; tu valor quedó en la bandeja.',
    en: 'Another device changed the same field; yours is in the inbox.',
  },
  borrado_con_edicion: { es: 'Se borró aquí y se editó allá.', en: 'Deleted here, edited there.' },
  cadena_nueva: { es: 'El equipo perdió su diario y empezó uno nuevo.', en: 'The device lost its journal and began a new one.' },
  hueco: { es: 'El equipo perdió renglones de su diario.', en: 'The device lost entries of its journal.' },
  cupon_inactivo: { es: 'El negocio ya no da este cupón.', en: 'The business no longer gives this coupon.' },
  cupon_no_empieza: { es: 'El cupón todavía no empieza.', en: 'The coupon has not started yet.' },
  cupon_vencido: { es: 'El cupón venció.', en: 'The coupon has expired.' },
  cupon_otra_sucursal: { es: 'El cupón no vale en esta sucursal.', en: 'The coupon is not valid at this branch.' },
  cupon_nivel: { es: 'El cupón pide un nivel más alto.', en: 'The coupon asks for a higher level.' },
  cupon_minimo: { es: 'La compra no llega al mínimo del cupón.', en: 'The purchase is below the coupon’s minimum.' },
  cupon_repetido: { es: 'El cupón ya se usó las veces que permite.', en: 'The coupon was already used as often as it allows.' },
  cupon_con_conexion: { es: 'Este cupón solo se acepta con conexión.', en: 'This coupon is only accepted online.' },
  cupon_desconocido: {
    es: 'Ese cupón no existe: el descuento corre por el negocio.',
    en: 'There is no such coupon: the business bears the discount.',
  },
  cupon_excedido: { es: 'Se descontó más de lo que da el cupón.', en: 'More was taken off than the coupon gives.' },
  canje_doble: { es: 'El canje ya se había entregado en otra caja.', en: 'The reward had already been given at another till.' },
  canje_tardio: { es: 'El canje se entregó a tiempo y se supo tarde.', en: 'The reward was given in time and known late.' },
  canje_vencido: { es: 'El canje se entregó ya vencido.', en: 'The reward was given after it had expired.' },
  canje_otra_sucursal: { es: 'El canje se entregó en otra sucursal.', en: 'The reward was given at another branch.' },
  cambio_excedido: { es: 'El monto nuevo es menor que lo reembolsado.', en: 'The new amount is less than what was refunded.' },
  reclamo_repetido: { es: 'La compra ya tenía cliente.', en: 'The purchase already had a client.' },
  reclamo_tardio: { es: 'La compra se reclamó después de 24 horas.', en: 'The purchase was claimed after 24 hours.' },
} as const satisfies Record<Codigo, { es: string; en: string }>

export type Idioma = 'es' | 'en'

export const textoDeCodigo = (codigo: Codigo, idioma: Idioma = 'es'): string => TEXTOS_DE_CODIGO[codigo][idioma]
/** The same as esCodigo of codigos.ts, for whoever has the texts at hand anyway. */
export const tieneTexto = (texto: string): texto is Codigo => Object.hasOwn(TEXTOS_DE_CODIGO, texto)
