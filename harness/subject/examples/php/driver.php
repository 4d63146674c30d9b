<?php
// Lets Atrapa drive the connector: a JSON-RPC request a line comes by standard input, its answer goes by standard output.
require __DIR__ . '/connector.php';

class Driver {
    private $books, $connector, $url;

    public function initialize(): array {
        return ['protocol' => 1, 'name' => 'example-php', 'version' => '1.0', 'clock' => 'virtual', 'integrations' => ['systim-shoper'],
            'commands' => ['stock', 'orders', 'all', 'products', 'tick'],
            'methods' => ['look', 'resume', 'edit_product', 'set_automatic', 'order_announced'],
            'sees' => ['orders', 'products', 'log', 'documents', 'connections']];
    }

    public function configure(object $where): void {
        $this->resume($where);
        $this->books->commit(function () use ($where): void {
            $this->books->put('configured', $where->now);
            $this->books->put('automatic', $where->automatic ? '1' : '0');
            array_map($this->books->putProduct(...), $where->products);
        });
    }

    public function resume(object $where): void {
        $clock = curl_init($where->clock);
        curl_setopt_array($clock, [CURLOPT_PROXY => '', CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => SECONDS]);
        $wait = fn (int $seconds) => curl_setopt($clock, CURLOPT_POSTFIELDS, "{\"wait\": $seconds}") && curl_exec($clock);
        [$this->url, $this->books] = [$where->shop->url, new Books($where->state)];
        $this->connector = new Connector($this->books, new Shop($where->shop, $wait));
    }

    public function run(object $params): array {
        return array_combine(['ok', 'summary'], $this->connector->run($params->command));
    }

    public function look(): array {
        return ['orders' => $this->books->docs('orders'), 'products' => $this->books->docs('products'), 'documents' => [],
            'log' => $this->books->rows('SELECT * FROM log'),
            'connections' => [['shop_url' => $this->url, 'automatic' => $this->books->get('automatic') === '1']]];
    }

    public function edit_product(object $params): void { $this->books->putProduct($params->product); }
    public function set_automatic(object $params): void { $this->books->put('automatic', $params->on ? '1' : '0'); }
}

$driver = new Driver();
while (($line = fgets(STDIN)) !== false) {
    $request = json_decode($line);
    // An order that is announced comes with the next run; after "shutdown" the standard input ends.
    $result = method_exists($driver, $request->method) ? $driver->{$request->method}($request->params) : null;
    echo json_encode(['jsonrpc' => '2.0', 'id' => $request->id, 'result' => $result ?? new stdClass()]), "\n";
}
