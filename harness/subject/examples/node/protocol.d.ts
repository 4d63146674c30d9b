// The types of Atrapa's driver protocol, version 1, after protocol.schema.json; PROTOCOL.md explains them.

/** A decimal number as a text: "290.00", "1.5". */
export type Decimal = string;
/** "2026-03-02T09:00:00Z" */
export type Moment = string;
export type Nothing = object;

/** A product of the ERP. Absent stock is "0", absent unit "szt.". */
export interface Product {
  id: string;
  /** Absent for a product without a code. */
  code?: string;
  name: string;
  unit?: string;
  /** "23", "8", "5", "0", "zw", "np", "oo", ... */
  vat?: string;
  gross_price?: Decimal;
  /** Paths from the root; the first is the main one. */
  categories?: string[][];
  stock?: Decimal;
  reserved?: Decimal;
  ean?: string;
  description?: string;
  /** Ids of product groups. */
  groups?: string[];
  /** By price group. */
  prices?: Record<string, Decimal>;
  /** By warehouse, in books with several. */
  stocks?: Record<string, Decimal>;
  images?: string[];
  active?: boolean;
}

/** Of an order in the ERP; prices gross. */
export interface OrderLine {
  /** "" for what is no product. */
  product_id?: string;
  code?: string;
  name: string;
  quantity: Decimal;
  unit_price?: Decimal;
  vat?: string;
  warehouse?: string;
}

/** An order as it landed in the ERP. */
export interface Order {
  id: string;
  number?: string;
  shop_order_id: string;
  /** Name or company of the buyer. */
  contractor?: string;
  lines: OrderLine[];
  shipping_cost?: Decimal;
  total_gross: Decimal;
  /** Codes of lines of the shop that were left out. */
  omitted_codes?: string[];
  integration?: string;
  status?: string;
  contractor_id?: string;
  email?: string;
  phone?: string;
  login?: string;
  nip?: string;
  /** "street, postcode city, country" */
  buyer_address?: string;
  delivery_address?: string;
}

/** What the connector told its user about one record. */
export interface LogEntry {
  severity: "info" | "warning" | "error";
  kind: "product" | "order" | "run" | "document" | "buyer" | "warehouse" | "event";
  /** Code of the product, the shop's number of the order; may be empty. */
  record: string;
  /** A short code of your own: "category_differs". */
  reason?: string;
  text: string;
}

export interface DocumentLine {
  product_id?: string;
  name: string;
  quantity: Decimal;
  unit_price: Decimal;
  vat?: string;
  value?: Decimal;
  net_unit_price?: Decimal;
  rate_code?: string;
}

export interface TaxRow { vat: string; net: Decimal; tax: Decimal; gross: Decimal }

/** An invoice, a receipt or a goods issue note (WZ) of the ERP. */
export interface Document {
  kind: "invoice" | "receipt" | "goods_issue";
  number: string;
  order_id?: string;
  contractor?: string;
  nip?: string;
  lines: DocumentLine[];
  total_gross?: Decimal;
  cancelled?: boolean;
  integration?: string;
  sent?: "" | "pending" | "issued" | "sent" | "failed";
  issued_on?: string;
  currency?: string;
  vat_summary?: TaxRow[];
  to_receipt?: string;
  ksef_required?: boolean;
  ksef_number?: string;
  ksef_error?: string;
}

export interface Shipment {
  order_id: string;
  recipient?: string;
  street?: string;
  postcode?: string;
  city?: string;
  phone?: string;
  email?: string;
}

export interface Contractor { id: string; name?: string; nip?: string; email?: string; login?: string }

export interface Integration { id: string; label?: string; state: "draft" | "tested" | "active" | "suspended" }

/** A shop that the ERP serves at present. */
export interface Connection { shop_url: string; automatic: boolean }

/** What the ERP holds, oldest first. A member that is absent cannot be seen. */
export interface View {
  orders?: Order[];
  products?: Product[];
  log?: LogEntry[];
  documents?: Document[];
  shipments?: Shipment[];
  contractors?: Contractor[];
  integrations?: Integration[];
  connections?: Connection[];
  /** What the file of the last export holds. */
  exported?: string | null;
}

/** As the merchant types it in. For Base the login is empty and the password is the token. */
export interface Shop {
  /** Without a path: "http://127.0.0.1:40113". */
  url: string;
  login: string;
  password: string;
}

export type HttpHeaders = [string, string][];

export interface HttpRequest {
  method: string;
  target: string;
  headers: HttpHeaders;
  body?: string;
  body_base64?: string;
}

export interface HttpAnswer { status: number; headers?: HttpHeaders; body?: string; body_base64?: string }

export interface Outcome { ok: boolean; summary?: string }

export interface InitializeParams { now?: Moment; protocol: 1; harness?: string; integration: string }

export interface InitializeResult {
  protocol: number;
  name: string;
  version?: string;
  clock: "virtual" | "real";
  /** Those it has; absent: whatever is asked for. */
  integrations?: string[];
  commands: string[];
  methods?: (
    | "look" | "resume" | "edit_product" | "set_automatic" | "order_announced" | "invoice" | "shipment" | "goods_issue"
    | "cancel_goods_issue" | "begin" | "receive" | "save_form" | "new_api_key" | "delete_user" | "show_keys" | "perform")[];
  sees?: (
    | "orders" | "products" | "log" | "documents" | "shipments" | "contractors" | "integrations" | "connections"
    | "exported")[];
  commits?: boolean;
}

export interface ConfigureParams {
  now: Moment;
  integration: string;
  shop: Shop;
  automatic: boolean;
  switches: Record<string, string>;
  seed?: number;
  /** A directory. */
  state: string;
  /** An address. */
  clock?: string;
  products: Product[];
}

export interface BeginParams {
  now: Moment;
  integration: string;
  shop: Shop;
  automatic?: boolean;
  switches?: Record<string, string>;
  seed?: number;
  /** A directory. */
  state: string;
  /** An address. */
  clock?: string;
  products: Product[];
  application?: string;
  application_secret?: string;
}

export interface ResumeParams {
  now: Moment;
  integration: string;
  shop: Shop;
  automatic?: boolean;
  switches?: Record<string, string>;
  seed?: number;
  /** A directory. */
  state: string;
  /** An address. */
  clock?: string;
  application?: string;
  application_secret?: string;
}

export interface RunParams { now: Moment; command: string }

export interface LookParams { now: Moment }

export interface EditProductParams { now: Moment; product: Product }

export interface SetAutomaticParams { now: Moment; on: boolean }

export interface OrderAnnouncedParams { now: Moment; shop_order_id: string }

export interface InvoiceParams { now: Moment; order_id: string }

export interface ShipmentParams { now: Moment; order_id: string }

export interface GoodsIssueParams {
  now: Moment;
  order_id: string;
  /** None: all that is left. */
  parts: {
    line: number;
    quantity: Decimal;
  }[];
}

export interface CancelGoodsIssueParams { now: Moment; number: string }

export interface ReceiveParams { now: Moment; request: HttpRequest }

export interface SaveFormParams {
  now: Moment;
  shop: string;
  erp_login: string;
  erp_key: string;
  automatic: boolean;
  webhook_secret?: string;
}

export interface NewApiKeyParams { now: Moment; login: string }

export interface NewApiKeyResult { key: string }

export interface DeleteUserParams { now: Moment; login: string }

export interface ShowKeysParams { now: Moment }

export interface ShowKeysResult {
  keys: {
    name: string;
    value: string;
  }[];
}

export interface PerformParams { now: Moment; deed: string; arguments: object }

export interface PerformResult { done: boolean; answer?: object; why?: string }

export interface ShutdownParams { now?: Moment }

/** What a driver may answer to; `initialize`, `configure`, `run` and `shutdown` are for everybody. */
export interface Methods {
  initialize(params: InitializeParams): Promise<InitializeResult>;
  configure(params: ConfigureParams): Promise<Nothing | void>;
  begin(params: BeginParams): Promise<Nothing | void>;
  resume(params: ResumeParams): Promise<Nothing | void>;
  run(params: RunParams): Promise<Outcome>;
  look(params: LookParams): Promise<View>;
  edit_product(params: EditProductParams): Promise<Nothing | void>;
  set_automatic(params: SetAutomaticParams): Promise<Nothing | void>;
  order_announced(params: OrderAnnouncedParams): Promise<Nothing | void>;
  invoice(params: InvoiceParams): Promise<Outcome>;
  shipment(params: ShipmentParams): Promise<Outcome>;
  goods_issue(params: GoodsIssueParams): Promise<Outcome>;
  cancel_goods_issue(params: CancelGoodsIssueParams): Promise<Outcome>;
  receive(params: ReceiveParams): Promise<HttpAnswer>;
  save_form(params: SaveFormParams): Promise<Outcome>;
  new_api_key(params: NewApiKeyParams): Promise<NewApiKeyResult>;
  delete_user(params: DeleteUserParams): Promise<Nothing | void>;
  show_keys(params: ShowKeysParams): Promise<ShowKeysResult>;
  perform(params: PerformParams): Promise<PerformResult>;
  shutdown(params: ShutdownParams): Promise<Nothing | void>;
}

export interface Request {
  jsonrpc: "2.0";
  id: number;
  method: keyof Methods;
  params: object;
}

/** -32001: the driver cannot follow this case, which is then not judged. */
export interface Refusal {
  code: number;
  message: string;
  data?: unknown;
}

export type Answer = { jsonrpc: "2.0"; id: number; result: object } | { jsonrpc: "2.0"; id: number | null; error: Refusal };
