<?php
// A small connector between an ERP and a Shoper shop, after Systim's documentation. The ERP's records and the connector's memory
// lie in one SQLite file, and the process may die anywhere: orders are saved in one transaction with the mark how far they were
// read, stock levels are absolute, and a product that is about to be added is written down first.
const PAGE = 50, TRIES = 5, SECONDS = 10, DAY = 86400; // The most rows of a list; tries of a call; the time-out of each.
const OVERLAP = 50; // So many orders below the last number are looked at again: they may come late, or wait for a product.

class ShopError extends Exception {} // The run ends here.
class Refused extends ShopError {} // The shop said no to this one call.

/** The shop's REST API over one kept connection; no redirects, no proxies. $wait waits some seconds. */
class Shop {
    private $curl, $token = '';

    public function __construct(private object $access, private Closure $wait) { $this->curl = curl_init(); }

    /** [status, seconds to wait, JSON]; status 0 without a whole answer: nobody knows what came of the call. */
    private function send(string $method, string $path, ?array $body, bool $repeatable, string $authorization): array {
        $after = 0;
        curl_setopt_array($this->curl, [
            CURLOPT_URL => "{$this->access->url}/webapi/rest/$path", CURLOPT_CUSTOMREQUEST => $method, CURLOPT_PROXY => '',
            CURLOPT_TIMEOUT => SECONDS, CURLOPT_RETURNTRANSFER => true, CURLOPT_POSTFIELDS => $body ? json_encode($body) : '',
            // On a kept connection that ends without an answer curl sends the call again by itself, on a fresh one it does not.
            CURLOPT_FRESH_CONNECT => !$repeatable,
            CURLOPT_HTTPHEADER => ["Authorization: $authorization", 'Content-Type: application/json'],
            CURLOPT_HEADERFUNCTION => function ($curl, string $line) use (&$after): int {
                $after = stripos($line, 'Retry-After:') === 0 ? (int) substr($line, 12) : $after;
                return strlen($line);
            },
        ]);
        $text = curl_exec($this->curl);
        $json = is_string($text) ? json_decode($text, true) : null;
        return $json === null ? [0, 0, 'no whole answer'] : [curl_getinfo($this->curl, CURLINFO_RESPONSE_CODE), $after, $json];
    }

    /** The JSON of a call that went well. What may not be done twice is repeated only where it surely was not done. */
    public function call(string $method, string $path, ?array $body = null, bool $repeatable = true, string $login = ''): mixed {
        for ($attempt = 1;; ++$attempt) {
            $basic = 'Basic ' . base64_encode("{$this->access->login}:{$this->access->password}");
            if (!$login && !$this->token) $this->token = $this->call('POST', 'auth', login: $basic)['access_token'];
            [$status, $after, $json] = $this->send($method, $path, $body, $repeatable, $login ?: "Bearer $this->token");
            if ($status === 200) return $json;
            $words = "$method " . explode('?', $path)[0] . ": $status " . json_encode($json);
            $surelyNot = $status === 401 || $status === 429;
            if ($status >= 400 && $status < 500 && !$surelyNot) throw new Refused($words);
            if ($attempt === TRIES || ($status === 401 && $login) || !($repeatable || $surelyNot)) throw new ShopError($words);
            $this->token = $status === 401 ? '' : $this->token;
            ($this->wait)($after ?: 2 ** ($attempt - 1));
        }
    }

    /** Each page asks for the ids above the last one, so that rows that come or go meanwhile move no others. */
    public function pages(string $resource, string $key, array $filters = [], int $last = 0): Generator {
        do {
            $filters[$key] = ['>' => $last];
            $query = http_build_query(['limit' => PAGE, 'order' => "$key asc", 'filters' => json_encode($filters)]);
            $envelope = $this->call('GET', "$resource?$query");
            $rows = array_values($envelope['list']);
            yield $rows;
            $last = $rows ? (int) end($rows)[$key] : $last;
        } while ($rows && count($rows) < (int) $envelope['count']);
    }

    public function all(string $resource, string $key, array $filters = [], int $last = 0): array {
        return array_merge(...iterator_to_array($this->pages($resource, $key, $filters, $last), false));
    }
}

/** The ERP's records and the connector's memory; what is in commit() is stored as a whole or not at all. */
class Books {
    private const SCHEMA = <<<'SQL'
        PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;
        CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT);
        CREATE TABLE IF NOT EXISTS products (id TEXT PRIMARY KEY, doc TEXT);
        CREATE TABLE IF NOT EXISTS orders (id INTEGER PRIMARY KEY, shop_order TEXT UNIQUE, doc TEXT);
        CREATE TABLE IF NOT EXISTS additions (id INTEGER PRIMARY KEY, product, code, name, after, shop_id INTEGER);
        CREATE TABLE IF NOT EXISTS log (severity, kind, record, reason, text, UNIQUE (kind, record, text));
        SQL;
    private PDO $db;

    public function __construct(string $folder) {
        $this->db = new PDO("sqlite:$folder/books.db", options: [PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_OBJ]);
        $this->db->exec(self::SCHEMA);
    }

    public function commit(Closure $changes): mixed {
        $this->db->beginTransaction();
        $result = $changes();
        $this->db->commit();
        return $result;
    }

    public function rows(string $sql, mixed ...$values): array {
        ($statement = $this->db->prepare($sql))->execute($values);
        return $statement->fetchAll();
    }

    public function get(string $name): string {
        return $this->rows('SELECT value FROM settings WHERE name = ?', $name)[0]->value ?? '';
    }
    public function put(string $name, string $value): void {
        $this->rows('INSERT OR REPLACE INTO settings VALUES (?, ?)', $name, $value);
    }
    public function putProduct(object $product): void {
        $this->rows('INSERT OR REPLACE INTO products VALUES (?, ?)', $product->id, json_encode($product));
    }
    public function docs(string $table): array {
        return array_map(fn ($row) => json_decode($row->doc), $this->rows("SELECT doc FROM $table ORDER BY id"));
    }

    /** What the user should know of a record, once. */
    public function tell(string $severity, string $kind, string $record, string $reason, string $text): void {
        $this->rows('INSERT OR IGNORE INTO log VALUES (?, ?, ?, ?, ?)', $severity, $kind, $record, $reason, $text);
    }
}

/** A decimal number as bcmath takes it, or null. */
function number(?string $text): ?string { return preg_match('/^-?[0-9]+(\.[0-9]+)?$/D', $text ?? '') ? $text : null; }
function positive(string $text): bool { return bccomp(number($text) ?? '0', '0', 6) > 0; }

/** To the grosz, half up. */
function money(string $amount): string { return bcadd($amount, '0.005', 2); }

/** What a product code is compared by: itself, to the last space. Null for one that is empty or blank. */
function codeKey(?string $code): ?string { return preg_match('/[^\s\p{Z}]/u', $code ?? '') ? $code : null; }

/** "23%", "23.00" and "23" are one rate; 0, zw, np and oo are four. */
function vatCode(?string $text): string {
    $code = preg_replace('/\.$/', '', trim(str_replace('%', '', strtolower($text ?? ''))));
    $word = explode(' ', $code)[0];
    if ($word === 'np' || $word === '0') return $word; // "np I", "0 WDT": a shop knows but one of each.
    return str_contains($code, '.') ? rtrim(rtrim($code, '0'), '.') : $code;
}

function leaves(object $product): array { return array_filter(array_map(fn ($path) => end($path), $product->categories ?? [])); }
function polish(array $row): string { return $row['translations']['pl_PL']['name'] ?? ''; }

/** Records by what their codes are compared by; those without a code are left out. */
function byCode(array $records): array {
    $found = [];
    foreach ($records as $record) {
        $key = codeKey($record->code ?? null);
        if ($key !== null) $found["=$key"][] = $record; // A key of digits alone would become a number.
    }
    return $found;
}

class Connector {
    private array $erp, $taxes, $units, $fractional, $categories;

    public function __construct(private Books $books, private Shop $shop) {}

    /** One command to its end: [whether it went well, a sentence]. */
    public function run(string $command): array {
        if ($command === 'tick' && $this->books->get('automatic') !== '1') return [true, 'automatic operation is off'];
        try {
            $zone = $this->checkShop();
            $this->erp = byCode($this->books->docs('products'));
            [$orders, $items] = [$this->fetchOrders($zone), $this->readShop()];
            if ($command === 'products' && $this->addProducts($items)) $items = $this->readShop();
            return [true, "$orders orders saved, {$this->pushStock($items)} stock levels sent"];
        } catch (ShopError $problem) {
            $this->books->tell('error', 'run', '', 'run_failed', $problem->getMessage());
            return [false, $problem->getMessage()];
        }
    }

    /** The time zone of a shop that this connector can serve. */
    private function checkShop(): DateTimeZone {
        $config = $this->shop->call('GET', 'application-config');
        if ($config['warehouses_enabled'] || $config['default_language_name'] !== 'pl_PL')
            throw new ShopError('a shop of several warehouses, or whose own language is not Polish, is not supported');
        foreach ($this->shop->all('languages', 'lang_id') as ['active' => $active, 'locale' => $locale]) {
            if ($active !== '1' || $locale === 'pl_PL') continue;
            $this->books->tell('warning', 'run', '', 'languages', "the shop speaks $locale; Polish alone is supported");
        }
        return new DateTimeZone($config['locale_timezone'] ?: 'Europe/Warsaw');
    }

    /** Saves the orders that the ERP lacks, a page in one transaction with the mark how far was read; answers how many. */
    private function fetchOrders(DateTimeZone $zone): int {
        $configured = strtotime($this->books->get('configured'));
        $since = (new DateTime('@' . ($configured - DAY)))->setTimezone($zone)->format('Y-m-d H:i:s');
        [$readTo, $saved] = [(int) $this->books->get('read_to'), 0];
        foreach ($this->shop->pages('orders', 'order_id', ['date' => ['>=' => $since]], max(0, $readTo - OVERLAP)) as $rows) {
            $there = array_column($this->books->rows('SELECT shop_order FROM orders'), 'shop_order', 'shop_order');
            $new = array_filter($rows, fn ($row) => !isset($there[$row['order_id']]) && $this->wanted($row, $configured, $zone));
            $ids = array_column($new, 'order_id');
            $lines = $ids ? $this->shop->all('order-products', 'id', ['order_id' => ['IN' => $ids]]) : [];
            $readTo = max($readTo, 0, ...array_map('intval', array_column($rows, 'order_id')));
            $saved += $this->books->commit(function () use ($new, $lines, $readTo): int {
                $this->books->put('read_to', (string) $readTo);
                return array_sum(array_map(fn ($row) => $this->saveOrder($row, $lines), $new));
            });
        }
        return $saved;
    }

    /** Whether it is for the ERP: no order of the panel (origins 5, 6), none older than the configuration. The shop's dates
     *  name no zone; a time that comes twice is taken for the second, so that no new order seems too old. */
    private function wanted(array $order, int $configured, DateTimeZone $zone): bool {
        $wall = strtotime("{$order['date']} UTC");
        $moments = array_map(fn ($day) => $wall - $zone->getOffset(new DateTime('@' . ($wall + $day))), [-DAY, DAY]);
        $shown = fn ($moment) => $moment + $zone->getOffset(new DateTime("@$moment"));
        $placed = max(array_filter($moments, fn ($moment) => $shown($moment) === $wall) ?: $moments);
        return !in_array($order['origin'], ['5', '6'], true) && $placed >= $configured;
    }

    /** Saves an order of those of its lines whose code the ERP knows; without any of them it does not come in. */
    private function saveOrder(array $order, array $lines): int {
        [$id, $kept, $total] = [$order['order_id'], [], $order['shipping_cost']];
        foreach (array_filter($lines, fn ($line) => $line['order_id'] === $id) as $line) {
            $found = $this->erp['=' . codeKey($line['code'])] ?? [];
            if (count($found) === 1) {
                $total = bcadd($total, $this->valueOf($line), 2);
                $kept[] = ['product_id' => $found[0]->id, 'code' => $line['code'], 'name' => $line['name'],
                    'quantity' => $line['quantity'], 'unit_price' => $line['price'], 'vat' => vatCode($line['tax'])];
            } else {
                $this->books->tell('warning', 'order', $id, 'line_unknown', "'{$line['code']}' is no product of the ERP: left out");
            }
        }
        if (!$kept) $this->books->tell('warning', 'order', $id, 'no_line_known', "order $id: none of its products is known");
        if (!$kept) return 0;
        $buyer = $order['billing_address'];
        $doc = ['id' => $id, 'number' => "ZAM/$id", 'shop_order_id' => $id, 'contractor' => $buyer['company'] ?: $buyer['lastname'],
            'email' => $order['email'], 'nip' => $buyer['tax_identification_number'] ?? '', 'lines' => $kept,
            'shipping_cost' => $order['shipping_cost'], 'total_gross' => $total];
        $this->books->rows('INSERT INTO orders (shop_order, doc) VALUES (?, ?)', $id, json_encode($doc));
        return 1;
    }

    /** Gross, rounded once, at the end. */
    private function valueOf(array $line): string {
        $whole = bcmul(bcmul($line['price'], $line['quantity'], 10), bcsub('100', $line['discount_perc'], 10), 20);
        return money(bcdiv($whole, '100', 20));
    }

    /** The shop's products and their variants, as far as they matter here. */
    private function readShop(): array {
        $names = fn ($rows, $key) => array_map(polish(...), array_column($rows, null, $key));
        $this->taxes = array_map(vatCode(...), array_column($this->shop->all('taxes', 'tax_id'), 'name', 'tax_id'));
        $units = $this->shop->all('units', 'unit_id');
        $this->units = $names($units, 'unit_id');
        $this->fractional = array_column($units, 'floating_point', 'unit_id');
        $this->categories = $names($this->shop->all('categories', 'category_id'), 'category_id');
        $products = array_column($this->shop->all('products', 'product_id'), null, 'product_id');
        $items = [];
        foreach ($this->shop->all('product-stocks', 'stock_id') as $own) {
            if ($row = $products[$own['product_id']] ?? null) {
                $ids = array_filter([$row['category_id'], ...$row['categories']]);
                $items[] = (object) ['id' => (int) $row['product_id'], 'stockId' => $own['stock_id'], 'price' => $own['comp_price'],
                    'code' => $own['extended'] === '1' ? $own['code'] : $row['code'], 'stock' => $own['stock'],
                    'vat' => $this->taxes[$row['tax_id'] ?? ''] ?? '', 'whole' => !$this->fractional[$row['unit_id']],
                    'categories' => array_map(fn ($id) => $this->categories[$id] ?? '', $ids)];
            }
        }
        return $items;
    }

    /** Sends the levels of all pairs that meet the conditions; answers how many. */
    private function pushStock(array $items): int {
        $shop = byCode($items);
        $sent = 0;
        foreach (array_intersect_key($this->erp, $shop) as $key => $products) {
            [$product, $item] = [$products[0], $shop[$key][0]];
            $reason = count($products) + count($shop[$key]) > 2 ? 'code_not_unique' : $this->objection($product, $item);
            if ($reason) $this->books->tell('warning', 'product', $product->code, $reason, "its stock is not sent: $reason");
            if ($reason || bccomp($product->stock, $item->stock, 6) === 0) continue;
            try {
                $this->shop->call('PUT', "product-stocks/$item->stockId", ['stock' => $product->stock]);
                ++$sent;
            } catch (Refused $problem) {
                $this->books->tell('error', 'product', $product->code, 'stock_refused', $problem->getMessage());
            }
        }
        return $sent;
    }

    /** Why the stock of a pair is not sent, or ''. */
    private function objection(object $product, object $item): string {
        $figure = number($product->stock ?? '0');
        return match (true) {
            !positive($product->gross_price ?? ''), !positive($item->price) => 'price_not_above_zero',
            !array_intersect(leaves($product), $item->categories) => 'category_differs',
            vatCode($product->vat ?? '') === '', vatCode($product->vat) !== $item->vat => 'vat_differs',
            $figure === null, bccomp($figure, '1', 6) < 0 => 'stock_below_one',
            $item->whole && bccomp(bcmod($figure, '1', 6), '0', 6) !== 0 => 'stock_fractional',
            default => '',
        };
    }

    /** Adds what the shop lacks; answers how many. */
    private function addProducts(array $items): int {
        [$known, $added, $highest] = [byCode($items), 0, max([0, ...array_column($items, 'id')])];
        $this->settle();
        $before = array_column($this->books->rows('SELECT product FROM additions WHERE shop_id > 0'), 'product');
        foreach ($this->books->docs('products') as $product) {
            $code = codeKey($product->code ?? null);
            if ($code !== null && isset($known["=$code"])) continue;
            $unsure = $code === null ? in_array($product->id, $before, true) : count($this->erp["=$code"]) > 1;
            $draft = $unsure ? null : $this->draft($product);
            $reason = $unsure ? 'not_unique_or_added_before' : 'not_complete';
            if ($draft) $added += $this->add($product, $draft, $highest);
            else $this->books->tell('warning', 'product', $code ?? $product->id, $reason, "not added to the shop: $reason");
        }
        return $added;
    }

    /** What is sent to the shop; null without a price, or where the shop lacks the category, the VAT rate or the unit. */
    private function draft(object $product): ?array {
        $key = fn (array $map, string $value) => $value === '' ? false : array_search($value, $map, true);
        [$price, $figure] = [number($product->gross_price ?? ''), number($product->stock ?? '0')];
        $category = current(array_filter(array_map(fn ($leaf) => $key($this->categories, $leaf), leaves($product))));
        [$tax, $unit] = [$key($this->taxes, vatCode($product->vat ?? '')), $key($this->units, $product->unit ?? 'szt.')];
        if ($price === null || bccomp($price, '0', 6) < 0 || !$category || !$tax || !$unit) return null;
        $whole = $figure !== null && bccomp(bcmod($figure, '1', 6), '0', 6) === 0;
        $fits = $figure !== null && bccomp($figure, '1', 6) >= 0 && ($whole || $this->fractional[$unit]);
        return ['code' => codeKey($product->code ?? null) ?? '', 'category_id' => $category, 'tax_id' => $tax, 'unit_id' => $unit,
            'translations' => ['pl_PL' => ['name' => $product->name]],
            'stock' => ['price' => money($price), 'stock' => $fits ? $product->stock : '0']];
    }

    /** The shop takes the same product twice if it is told twice: what is in doubt ends the run, and the next one looks. */
    private function add(object $product, array $draft, int $after): int {
        $row = $this->books->rows('INSERT INTO additions (product, code, name, after) VALUES (?, ?, ?, ?) RETURNING id',
            $product->id, $draft['code'], $product->name, $after)[0]->id;
        $shopId = 0;
        try {
            $shopId = $this->shop->call('POST', 'products', $draft, repeatable: false);
        } catch (Refused $problem) {
            $this->books->tell('error', 'product', $draft['code'] ?: $product->id, 'product_refused', $problem->getMessage());
        }
        $this->books->rows('UPDATE additions SET shop_id = ? WHERE id = ?', $shopId, $row);
        return $shopId ? 1 : 0;
    }

    /** Looks for the product that was being added when a run ended or died. */
    private function settle(): void {
        foreach ($this->books->rows('SELECT * FROM additions WHERE shop_id IS NULL') as $sought) {
            $claimed = array_column($this->books->rows('SELECT shop_id FROM additions'), 'shop_id');
            $same = fn ($row) => $row['code'] === $sought->code && ($sought->code !== '' || polish($row) === $sought->name);
            $rows = array_filter($this->shop->all('products', 'product_id', [], $sought->after), $same);
            $ids = array_diff(array_map('intval', array_column($rows, 'product_id')), $claimed);
            $this->books->rows('UPDATE additions SET shop_id = ? WHERE id = ?', current($ids) ?: 0, $sought->id);
        }
    }
}
